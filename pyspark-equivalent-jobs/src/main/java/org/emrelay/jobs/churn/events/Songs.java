package org.emrelay.jobs.churn.events;

import java.util.List;
import org.emrelay.jobs.random.Dice;

/** All songs that can be heard: few artists are heard often and have many, and a song is the same whoever hears it. */
final class Songs {
    private static final long STREAM = 1;
    // With these as many artists and songs are heard as in the published logs, in the small one and in the full one.
    private static final double SHIFT = 10;
    private static final double STEEPNESS = 1.3;
    private static final double MOST_SONGS = 200;
    // A lognormal distribution with the published mean of 249.1 seconds and deviation of 99.2.
    private static final double LOG_SECONDS = 5.4444;
    private static final double LOG_DEVIATION = 0.3837;

    private final Popularity popularity = new Popularity(Artists.NUMBER, SHIFT, STEEPNESS);
    private final String[] artists = new String[Artists.NUMBER];

    Song choose(Dice dice) {
        int artist = popularity.choose(dice);
        double songs = 3 + MOST_SONGS / StrictMath.sqrt(1 + artist / 10.0);
        double draw = dice.unit();
        return song(artist, (int) (songs * draw * draw));
    }

    private Song song(int artist, int number) {
        // The catalogue is the same for every seed, as that of the real service would be.
        Dice dice = new Dice(STREAM, artist, number);
        return new Song(name(artist), title(dice), seconds(dice));
    }

    private String name(int artist) {
        if (artists[artist] == null) {
            artists[artist] = Artists.name(artist);
        }
        return artists[artist];
    }

    private static String title(Dice dice) {
        String thing = one(Words.THINGS, dice);
        String title = switch (dice.below(5)) {
            case 0 -> thing;
            case 1 -> "My " + one(Words.QUALITIES, dice) + " " + thing;
            case 2 -> thing + " in the " + one(Words.THINGS, dice);
            case 3 -> "The " + thing + " and the " + one(Words.THINGS, dice);
            default -> one(Words.QUALITIES, dice) + " " + thing;
        };
        return dice.percent(10) ? title + " (Album Version)" : title;
    }

    /** With five decimals, as the log has it. */
    private static double seconds(Dice dice) {
        double seconds = StrictMath.exp(LOG_SECONDS + LOG_DEVIATION * dice.normal());
        return Math.rint(Math.min(3_000, seconds) * 1e5) / 1e5;
    }

    private static String one(List<String> words, Dice dice) {
        return words.get(dice.below(words.size()));
    }
}
