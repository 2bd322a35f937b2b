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
 * Kumo's word cloud with words that are as large as there is room for, shrink rather than being left out, and stay near
 * the same place from year to year.
 */
final class YearCloud extends WordCloud {
    private static final double SHRUNK = 0.9;

    /** So many of the largest words rather become smaller than turn: they are what is read first. */
    private static final int LARGE = 10;

    private static final int TRIES_BEFORE_TURNING = 3;

    /** So few words are looked at one by one: they lie level, and their sizes compare exactly. */
    private static final int FEW = 15;

    private static final double SLIGHTLY_SHRUNK = 0.95;

    private static final int TRIES_FOR_FEW = 16;

    private final FreeCells room;
    private final Lettering lettering;
    private final List<Placement> placements = new ArrayList<>();
    private final List<Dimension> tooLarge = new ArrayList<>();

    private final boolean exact;

    private YearCloud(Mask mask, Lettering lettering, boolean exact) {
        super(new Dimension(mask.width(), mask.height()), CollisionMode.PIXEL_PERFECT);
        this.room = FreeCells.in(mask);
        this.lettering = Objects.requireNonNull(lettering, "lettering");
        this.exact = exact;
        setBackgroundColor(null);
        setWordStartStrategy(exact ? (dimension, word) -> room.emptiest() : new HomeOfEachWord(room));
        // Kumo's own list only knows whole numbers: the words come from buildWords.
        build(new ArrayList<>());
    }

    static YearCloud of(Lettering lettering, Mask mask) {
        double scale = lettering.levelScale();
        for (int tries = 0; tries < TRIES_FOR_FEW && lettering.words().size() <= FEW; tries++) {
            Lettering smaller = lettering.scaled(scale);
            if (!smaller.isLegible()) {
                break;
            }
            YearCloud cloud = new YearCloud(mask, smaller, true);
            if (cloud.getSkipped().isEmpty()) {
                return cloud;
            }
            scale *= SLIGHTLY_SHRUNK;
        }
        return new YearCloud(mask, lettering, false);
    }

    List<Placement> placements() {
        return List.copyOf(placements);
    }

    @Override
    protected List<Word> buildWords(List<WordFrequency> none, ColorPalette palette) {
        return List.copyOf(lettering.words());
    }

    @Override
    protected boolean place(Word word, Point start) {
        OutlinedWord outlined = (OutlinedWord) word;
        if (exact) {
            // Where one is too large, all become smaller.
            return getSkipped().isEmpty() && place(outlined, lettering.wanted(outlined), false, start);
        }
        boolean first = placements.isEmpty();
        double least = first ? lettering.leastOfAll() : lettering.least();
        boolean upright = !first && lettering.isUpright(outlined);
        int tries = placements.size() < LARGE ? 0 : TRIES_BEFORE_TURNING;
        for (double size = lettering.size(outlined); size >= least; size *= SHRUNK) {
            if (place(outlined, size, upright, start)
                    || (tries >= TRIES_BEFORE_TURNING && place(outlined, size, !upright, start))) {
                return true;
            }
            tries++;
        }
        return false;
    }

    private boolean place(OutlinedWord word, double size, boolean upright, Point start) {
        word.draw(size, upright);
        Footprint footprint = Footprint.of(word.getBufferedImage(), room.cell());
        Dimension extent = new Dimension(footprint.columns(), footprint.rows());
        if (tooLarge.stream().anyMatch(other -> isWithin(other, extent))) {
            return false;
        }
        Optional<Point> corner = room.take(footprint, start);
        if (corner.isEmpty()) {
            tooLarge.add(extent);
            return false;
        }
        put(word, corner.get());
        return true;
    }

    private void put(OutlinedWord word, Point corner) {
        Point position = word.getPosition();
        // Beside its cell of air.
        position.setLocation((corner.x + 1) * room.cell(), (corner.y + 1) * room.cell());
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

    /** Where a word would stand if it had the picture to itself: somewhere in the shape, the same in all years. */
    private record HomeOfEachWord(FreeCells room, List<Point> free) implements WordStartStrategy {
        HomeOfEachWord(FreeCells room) {
            this(room, freeCells(room));
        }

        @Override
        public Point getStartingPoint(Dimension dimension, Word word) {
            if (free.isEmpty()) {
                return new Point(room.columns() / 2, room.rows() / 2);
            }
            long mixed = (word.getWord().hashCode() * 0x9E3779B97F4A7C15L) >>> 16;
            return free.get((int) (mixed % free.size()));
        }

        private static List<Point> freeCells(FreeCells room) {
            List<Point> free = new ArrayList<>();
            // Every fourth is choice enough.
            for (int row = 0; row < room.rows(); row += 4) {
                for (int column = 0; column < room.columns(); column += 4) {
                    if (room.isFree(column, row)) {
                        free.add(new Point(column, row));
                    }
                }
            }
            return free;
        }
    }
}
