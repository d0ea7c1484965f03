"""How the bundled pixel-art model is made: corpus, training, export, evaluation."""
