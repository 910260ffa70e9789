"""Training: the compiled steps, the loop around them, schedules and early stopping."""
