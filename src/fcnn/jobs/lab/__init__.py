"""``fcnn lab``: small real experiments, each of which shows one phenomenon of fully connected networks.

An experiment brings a table, a config, what to train with it, three sentences about what was measured, and a picture.
Its networks are those of the config with overrides, trained as ``fcnn train`` trains them.
"""
