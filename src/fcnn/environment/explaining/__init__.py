"""From a pasted error message to the rules that know it: the parts of :mod:`fcnn.environment.explanation`."""
