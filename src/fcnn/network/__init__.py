"""The Keras Sequential model that a config describes."""
