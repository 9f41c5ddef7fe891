"""Run, record, publish and audit sessions of VAE juries."""
