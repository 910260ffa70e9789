"""Networks as estimators of scikit-learn: for pipelines, searches and cross-validation, trained by the same engine."""
