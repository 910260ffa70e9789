"""Answering over HTTP: a JSON API and a page, in front of runs that are loaded once; without TensorFlow."""
