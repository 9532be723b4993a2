"""Tools that prepare data for, and train, the models Parallax uses."""
