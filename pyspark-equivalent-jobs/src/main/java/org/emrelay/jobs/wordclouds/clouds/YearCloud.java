package org.emrelay.jobs.wordclouds.clouds;

import com.kennycason.kumo.CollisionMode;
import com.kennycason.kumo.Word;
import com.kennycason.kumo.WordCloud;
import com.kennycason.kumo.WordFrequency;
import com.kennycason.kumo.palette.ColorPalette;
import com.kennycason.kumo.wordstart.WordStartStrategy;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Point;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A Kumo word cloud that scales words to the available space and keeps them in place across years.
 *
 * <p>A word that does not fit is drawn smaller rather than skipped.
 */
final class YearCloud extends WordCloud {
    private static final double SHRINK_FACTOR = 0.9;

    /** The most prominent words shrink rather than rotate. */
    private static final int LARGEST_WORDS = 10;

    private static final int ATTEMPTS_BEFORE_ROTATION = 3;

    /** Up to this many words are all horizontal and their sizes exactly proportional. */
    private static final int FEW_WORDS = 15;

    private static final double FEW_WORDS_SHRINK_FACTOR = 0.95;

    private static final int FEW_WORDS_MAX_ATTEMPTS = 16;

    private final CollisionGrid grid;
    private final WordSizing sizing;
    private final List<Placement> placements = new ArrayList<>();
    private final List<Dimension> tooLarge = new ArrayList<>();

    private final boolean hasExactSizes;

    private YearCloud(Mask mask, WordSizing sizing, boolean hasExactSizes) {
        super(new Dimension(mask.width(), mask.height()), CollisionMode.PIXEL_PERFECT);
        this.grid = CollisionGrid.of(mask);
        this.sizing = Objects.requireNonNull(sizing, "sizing");
        this.hasExactSizes = hasExactSizes;
        setBackgroundColor(null);
        setWordStartStrategy(hasExactSizes ? (dimension, word) -> grid.mostOpenCell() : new StablePositions(grid));
        // Kumo frequencies are integers, so the words come from buildWords instead.
        build(new ArrayList<>());
    }

    static YearCloud of(WordSizing sizing, Mask mask) {
        double scale = sizing.horizontalScale();
        for (int attempts = 0;
                attempts < FEW_WORDS_MAX_ATTEMPTS && sizing.words().size() <= FEW_WORDS;
                attempts++) {
            WordSizing smaller = sizing.scaled(scale);
            if (!smaller.isLegible()) {
                break;
            }
            YearCloud cloud = new YearCloud(mask, smaller, true);
            if (cloud.getSkipped().isEmpty()) {
                return cloud;
            }
            scale *= FEW_WORDS_SHRINK_FACTOR;
        }
        return new YearCloud(mask, sizing, false);
    }

    List<Placement> placements() {
        return List.copyOf(placements);
    }

    @Override
    protected List<Word> buildWords(List<WordFrequency> ignored, ColorPalette palette) {
        return List.copyOf(sizing.words());
    }

    @Override
    protected boolean place(Word word, Point start) {
        OutlinedWord outlinedWord = (OutlinedWord) word;
        if (hasExactSizes) {
            // If one word does not fit, all of them shrink.
            return getSkipped().isEmpty() && place(outlinedWord, sizing.preferredSize(outlinedWord), false, start);
        }
        boolean isFirst = placements.isEmpty();
        double minSize = isFirst ? sizing.minSizeOfFirstWord() : sizing.minSize();
        boolean isVertical = !isFirst && sizing.isVertical(outlinedWord);
        int attempts = placements.size() < LARGEST_WORDS ? 0 : ATTEMPTS_BEFORE_ROTATION;
        for (double size = sizing.size(outlinedWord); size >= minSize; size *= SHRINK_FACTOR) {
            if (place(outlinedWord, size, isVertical, start)
                    || (attempts >= ATTEMPTS_BEFORE_ROTATION && place(outlinedWord, size, !isVertical, start))) {
                return true;
            }
            attempts++;
        }
        return false;
    }

    private boolean place(OutlinedWord word, double size, boolean isVertical, Point start) {
        word.draw(size, isVertical);
        WordBitmap bitmap = WordBitmap.of(word.getBufferedImage(), grid.cellSize());
        Dimension bitmapSize = new Dimension(bitmap.columns(), bitmap.rows());
        if (tooLarge.stream().anyMatch(other -> isWithin(other, bitmapSize))) {
            return false;
        }
        Optional<Point> corner = grid.place(bitmap, start);
        if (corner.isEmpty()) {
            tooLarge.add(bitmapSize);
            return false;
        }
        draw(word, corner.get());
        return true;
    }

    private void draw(OutlinedWord word, Point corner) {
        Point position = word.getPosition();
        // Inside its padding.
        position.setLocation((corner.x + 1) * grid.cellSize(), (corner.y + 1) * grid.cellSize());
        BufferedImage image = word.getBufferedImage();
        Graphics graphics = getBufferedImage().getGraphics();
        graphics.drawImage(image, position.x, position.y, null);
        graphics.dispose();
        placements.add(
                new Placement(word.weighted().text(), position.x, position.y, image.getWidth(), image.getHeight()));
    }

    private static boolean isWithin(Dimension smaller, Dimension larger) {
        return smaller.width <= larger.width && smaller.height <= larger.height;
    }

    /** Starts each word at a position within the shape that is the same in all years. */
    private record StablePositions(CollisionGrid grid, List<Point> freeCells) implements WordStartStrategy {
        StablePositions(CollisionGrid grid) {
            this(grid, freeCells(grid));
        }

        @Override
        public Point getStartingPoint(Dimension dimension, Word word) {
            if (freeCells.isEmpty()) {
                return new Point(grid.columns() / 2, grid.rows() / 2);
            }
            long mixed = (word.getWord().hashCode() * 0x9E3779B97F4A7C15L) >>> 16;
            return freeCells.get((int) (mixed % freeCells.size()));
        }

        private static List<Point> freeCells(CollisionGrid grid) {
            List<Point> freeCells = new ArrayList<>();
            // Every fourth row and column is dense enough.
            for (int row = 0; row < grid.rows(); row += 4) {
                for (int column = 0; column < grid.columns(); column += 4) {
                    if (grid.isFree(column, row)) {
                        freeCells.add(new Point(column, row));
                    }
                }
            }
            return freeCells;
        }
    }
}
