package org.emrelay.jobs.wordclouds.clouds;

import java.util.Optional;
import java.util.OptionalInt;

/** Width and height of all pictures of a run. */
record PictureSize(int width, int height) {
    private static final int USUAL_SIDE = 1_200;

    /** A side that is not given follows from the shape's proportions; none, where the picture would become too narrow or too long. */
    static Optional<PictureSize> of(int shapeWidth, int shapeHeight, OptionalInt width, OptionalInt height) {
        double proportion = (double) shapeHeight / shapeWidth;
        int usualWidth = (int) Math.round(Math.min(USUAL_SIDE, USUAL_SIDE / proportion));
        int wide = width.orElse(height.isPresent() ? (int) Math.round(height.getAsInt() / proportion) : usualWidth);
        int high = height.orElse((int) Math.round(wide * proportion));
        boolean usable =
                Math.min(wide, high) >= CloudArguments.LEAST_SIDE && Math.max(wide, high) <= CloudArguments.MOST_SIDE;
        return usable ? Optional.of(new PictureSize(wide, high)) : Optional.empty();
    }
}
