package org.emrelay.jobs.wordclouds.clouds;

import java.util.Optional;
import java.util.OptionalInt;

/** The width and height of all images of a run. */
record ImageSize(int width, int height) {
    private static final int DEFAULT_SIDE = 1_200;

    /** Derives a missing dimension from the aspect ratio; empty if the image would be too narrow or too large. */
    static Optional<ImageSize> of(int shapeWidth, int shapeHeight, OptionalInt width, OptionalInt height) {
        double aspectRatio = (double) shapeHeight / shapeWidth;
        int defaultWidth = (int) Math.round(Math.min(DEFAULT_SIDE, DEFAULT_SIDE / aspectRatio));
        int actualWidth =
                width.orElse(height.isPresent() ? (int) Math.round(height.getAsInt() / aspectRatio) : defaultWidth);
        int actualHeight = height.orElse((int) Math.round(actualWidth * aspectRatio));
        boolean isValid = Math.min(actualWidth, actualHeight) >= CloudArguments.MIN_SIDE
                && Math.max(actualWidth, actualHeight) <= CloudArguments.MAX_SIDE;
        return isValid ? Optional.of(new ImageSize(actualWidth, actualHeight)) : Optional.empty();
    }
}
