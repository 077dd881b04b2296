// The search of a plain theme.
