"""A trained network in forms that need no fcnn: Keras, SavedModel, ONNX, a NumPy program, a Keras script."""
