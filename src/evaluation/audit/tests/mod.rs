//! The audit held to cases whose answer is known: plans of the specification, named attacks, rules over all small cases, and
//! faults put into what is published on purpose.

mod attacks;
mod by_hand;
mod faults;
mod plans;
mod rules;
mod sums;
