package org.emrelay.jobs.wordclouds.clouds;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words of one year's picture, and how large each would best be: together they would just fill the shape. */
final class Lettering {
    /** How much of the shape the words' boxes may take; in what they leave between them, smaller words find room. */
    private static final double FILLED = 1.0;

    /** How large the smallest word is against the largest, where the bounds of the exponent allow. */
    private static final double LEAST_PART = 0.14;

    /** 0.5 compares the words' areas, as the eye does, and 1 their heights; lower, rare words grow loud. */
    private static final double LEAST_EXPONENT = 0.4;

    private static final double MOST_EXPONENT = 0.8;

    /** On a picture of 1,200 pixels. */
    private static final double LEAST_SIZE = 10.5;

    private final List<OutlinedWord> words;
    private final int undrawable;
    private final double largest;
    private final double heaviest;
    private final double exponent;
    private final Mask mask;
    private final Extent extent;

    private Lettering(List<OutlinedWord> words, int undrawable, Mask mask, Extent extent, double scale) {
        this.words = List.copyOf(words);
        this.undrawable = undrawable;
        this.mask = mask;
        this.extent = extent;
        this.heaviest = words.isEmpty() ? 1 : words.get(0).weighted().count();
        this.exponent = exponent(words);
        double boxes = 0;
        for (OutlinedWord word : words) {
            Rectangle2D bounds = word.bounds();
            double size = part(word) / Typefaces.SIZE;
            boxes += bounds.getWidth() * bounds.getHeight() * size * size;
        }
        this.largest = scale * Math.sqrt(FILLED * extent.area() / Math.max(boxes, 1e-9));
    }

    /** The heaviest words that there are letters for, as many as are wanted. */
    static Lettering of(List<WeightedWord> heaviestFirst, int most, Palette palette, Mask mask) {
        List<OutlinedWord> words = new ArrayList<>();
        int undrawable = 0;
        for (WeightedWord word : heaviestFirst) {
            if (words.size() == most) {
                break;
            }
            String label = Label.of(word.text());
            Optional<Shape> outline = label.isEmpty() ? Optional.empty() : Typefaces.outline(label);
            if (outline.isEmpty()) {
                undrawable++;
            } else {
                Color color = new Color(
                        palette.colors().get(palette.place(word.text())).packed());
                words.add(new OutlinedWord(word, label, color, outline.get()));
            }
        }
        return new Lettering(words, undrawable, mask, Extent.of(mask), 1);
    }

    /** The same words, all smaller by a factor. */
    Lettering scaled(double scale) {
        return new Lettering(words, undrawable, mask, extent, scale);
    }

    List<OutlinedWord> words() {
        return words;
    }

    /** How many words were passed over because no typeface has their letters. */
    int undrawable() {
        return undrawable;
    }

    /** The part of their wanted sizes at which all words, lying level, are no wider than the shape. */
    double levelScale() {
        return words.stream()
                .mapToDouble(word -> Math.min(
                        extent.width() * Typefaces.SIZE / (word.bounds().getWidth() * wanted(word)),
                        extent.height() * Typefaces.SIZE / (word.bounds().getHeight() * wanted(word))))
                .reduce(1, Math::min);
    }

    /** By its count alone. */
    double wanted(OutlinedWord word) {
        return Math.max(largest * part(word), least());
    }

    /** As wanted, but no larger than anything fits into the shape. */
    double size(OutlinedWord word) {
        Rectangle2D bounds = word.bounds();
        double fitting = Math.max(
                Math.min(extent.width() / bounds.getWidth(), extent.height() / bounds.getHeight()),
                Math.min(extent.width() / bounds.getHeight(), extent.height() / bounds.getWidth()));
        return Math.min(wanted(word), fitting * Typefaces.SIZE);
    }

    /** Whether the heaviest word is clearly larger than the smallest that may be. */
    boolean isLegible() {
        return largest > 2 * least();
    }

    double least() {
        return LEAST_SIZE * Math.max(0.4, Math.max(mask.width(), mask.height()) / 1200.0);
    }

    /** The heaviest word is drawn however little room there is. */
    double leastOfAll() {
        return 2;
    }

    /** One word in eight, the same in all years. */
    boolean isUpright(OutlinedWord word) {
        return (word.getWord().hashCode() * 0x9E3779B9) >>> 29 == 0;
    }

    private double part(OutlinedWord word) {
        return Math.max(LEAST_PART / 2, Math.pow(word.weighted().count() / heaviest, exponent));
    }

    /** Where counts lie near each other differences are brought out, where they lie far apart they are held in. */
    private static double exponent(List<OutlinedWord> words) {
        if (words.isEmpty()) {
            return 1;
        }
        double spread = words.get(words.size() - 1).weighted().count()
                / words.get(0).weighted().count();
        double even = spread < 1 ? Math.log(LEAST_PART) / Math.log(spread) : 1;
        return Math.max(LEAST_EXPONENT, Math.min(MOST_EXPONENT, even));
    }
}
