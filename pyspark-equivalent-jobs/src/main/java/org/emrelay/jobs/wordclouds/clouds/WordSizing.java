package org.emrelay.jobs.wordclouds.clouds;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The font sizes of the words of one image, chosen so the words just fill the shape. */
final class WordSizing {
    /** The share of the shape that the bounding boxes cover; smaller words fit into the gaps between them. */
    private static final double FILL_RATIO = 1.0;

    /** The size of the smallest word relative to the largest, within the bounds of the exponent. */
    private static final double MIN_RELATIVE_SIZE = 0.14;

    /**
     * With 0.5 the area of a word is proportional to its count, with 1 its height; below that, rare words become too
     * prominent.
     */
    private static final double MIN_EXPONENT = 0.4;

    private static final double MAX_EXPONENT = 0.8;

    /** For an image of 1,200 pixels. */
    private static final double MIN_FONT_SIZE = 10.5;

    private final List<OutlinedWord> words;
    private final int undrawable;
    private final double maxSize;
    private final double maxCount;
    private final double exponent;
    private final Mask mask;
    private final ShapeExtent extent;

    private WordSizing(List<OutlinedWord> words, int undrawable, Mask mask, ShapeExtent extent, double scale) {
        this.words = List.copyOf(words);
        this.undrawable = undrawable;
        this.mask = mask;
        this.extent = extent;
        this.maxCount = words.isEmpty() ? 1 : words.get(0).weighted().count();
        this.exponent = exponent(words);
        double boxArea = 0;
        for (OutlinedWord word : words) {
            Rectangle2D bounds = word.bounds();
            double size = relativeSize(word) / Typefaces.SIZE;
            boxArea += bounds.getWidth() * bounds.getHeight() * size * size;
        }
        this.maxSize = scale * Math.sqrt(FILL_RATIO * extent.area() / Math.max(boxArea, 1e-9));
    }

    /** Selects the {@code most} most frequent words that the typefaces can draw. */
    static WordSizing of(List<WeightedWord> heaviestFirst, int most, Palette palette, Mask mask) {
        List<OutlinedWord> words = new ArrayList<>();
        int undrawable = 0;
        for (WeightedWord word : heaviestFirst) {
            if (words.size() == most) {
                break;
            }
            String label = WordLabel.of(word.text());
            Optional<Shape> outline = label.isEmpty() ? Optional.empty() : Typefaces.outline(label);
            if (outline.isEmpty()) {
                undrawable++;
            } else {
                Color color = new Color(
                        palette.colors().get(palette.colorIndex(word.text())).packed());
                words.add(new OutlinedWord(word, label, color, outline.get()));
            }
        }
        return new WordSizing(words, undrawable, mask, ShapeExtent.of(mask), 1);
    }

    /** Returns the same words scaled by a factor. */
    WordSizing scaled(double scale) {
        return new WordSizing(words, undrawable, mask, extent, scale);
    }

    List<OutlinedWord> words() {
        return words;
    }

    /** The number of words skipped because no typeface has their glyphs. */
    int undrawable() {
        return undrawable;
    }

    /** Returns the scale at which every word fits into the shape horizontally. */
    double horizontalScale() {
        return words.stream()
                .mapToDouble(word -> Math.min(
                        extent.width() * Typefaces.SIZE / (word.bounds().getWidth() * preferredSize(word)),
                        extent.height() * Typefaces.SIZE / (word.bounds().getHeight() * preferredSize(word))))
                .reduce(1, Math::min);
    }

    /** Returns the size given by the count alone. */
    double preferredSize(OutlinedWord word) {
        return Math.max(maxSize * relativeSize(word), minSize());
    }

    /** Returns the preferred size, limited to what fits into the shape. */
    double size(OutlinedWord word) {
        Rectangle2D bounds = word.bounds();
        double maxScale = Math.max(
                Math.min(extent.width() / bounds.getWidth(), extent.height() / bounds.getHeight()),
                Math.min(extent.width() / bounds.getHeight(), extent.height() / bounds.getWidth()));
        return Math.min(preferredSize(word), maxScale * Typefaces.SIZE);
    }

    /** Returns whether the largest word is clearly larger than the minimum size. */
    boolean isLegible() {
        return maxSize > 2 * minSize();
    }

    double minSize() {
        return MIN_FONT_SIZE * Math.max(0.4, Math.max(mask.width(), mask.height()) / 1200.0);
    }

    /** The first word is drawn even in a tiny shape. */
    double minSizeOfFirstWord() {
        return 2;
    }

    /** Rotates one word in eight, the same words in all years. */
    boolean isVertical(OutlinedWord word) {
        return (word.getWord().hashCode() * 0x9E3779B9) >>> 29 == 0;
    }

    private double relativeSize(OutlinedWord word) {
        return Math.max(MIN_RELATIVE_SIZE / 2, Math.pow(word.weighted().count() / maxCount, exponent));
    }

    /** Chooses the exponent: similar counts are spread apart, widely different ones compressed. */
    private static double exponent(List<OutlinedWord> words) {
        if (words.isEmpty()) {
            return 1;
        }
        double countRatio = words.get(words.size() - 1).weighted().count()
                / words.get(0).weighted().count();
        double targetExponent = countRatio < 1 ? Math.log(MIN_RELATIVE_SIZE) / Math.log(countRatio) : 1;
        return Math.max(MIN_EXPONENT, Math.min(MAX_EXPONENT, targetExponent));
    }
}
