"""What happens inside a network: derivatives, the forward and the backward pass in numbers, what it uses, its units."""
