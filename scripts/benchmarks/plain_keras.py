"""The script that people write without fcnn: plain_keras.py TABLE TARGET PICTURE [COLUMN TO DROP ...]."""

import sys

import matplotlib.pyplot as plt
import pandas as pd
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import LabelEncoder, OneHotEncoder, StandardScaler
from tensorflow import keras

table, target, picture, *dropped = sys.argv[1:]
frame = pd.read_csv(table).drop(columns=dropped)
y = frame.pop(target)
classes = y.dtype.kind not in "iuf"
y = LabelEncoder().fit_transform(y) if classes else StandardScaler().fit_transform(y.to_frame())
x_rest, x_test, y_rest, y_test = train_test_split(frame, y, test_size=0.15, random_state=42)
x_train, x_validation, y_train, y_validation = train_test_split(x_rest, y_rest, test_size=0.15 / 0.85, random_state=42)
numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
words = make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore"))
is_number = make_column_selector(dtype_include="number")
is_word = make_column_selector(dtype_exclude="number")
encode = make_column_transformer((numbers, is_number), (words, is_word), sparse_threshold=0)
x_train, x_validation, x_test = encode.fit_transform(x_train), encode.transform(x_validation), encode.transform(x_test)

loss, metric = ("sparse_categorical_crossentropy", "accuracy") if classes else ("mse", "mae")
output = keras.layers.Dense(len(set(y)), activation="softmax") if classes else keras.layers.Dense(1)
hidden = [keras.layers.Dense(64, activation="relu"), keras.layers.Dense(64, activation="relu")]
model = keras.Sequential([*hidden, output])
model.compile("adam", loss, metrics=[metric])
history = model.fit(
    x_train, y_train, batch_size=128, epochs=10, validation_data=(x_validation, y_validation), verbose=2
)
print(model.evaluate(x_test, y_test, verbose=0))
plt.plot(history.history["loss"])
plt.plot(history.history["val_loss"])
plt.savefig(picture)
