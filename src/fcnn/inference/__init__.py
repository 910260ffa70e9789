"""Predicting without TensorFlow: the forward pass in NumPy."""
