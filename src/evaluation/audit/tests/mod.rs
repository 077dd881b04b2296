//! The audit on blocks made by hand: plans, named attacks, rules over all small cases.
