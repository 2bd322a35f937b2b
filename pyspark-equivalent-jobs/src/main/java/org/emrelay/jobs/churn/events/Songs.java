package org.emrelay.jobs.churn.events;

import java.util.List;
import org.emrelay.jobs.random.KeyedRandom;

/**
 * The song catalog, the same for all users.
 *
 * <p>Few artists are played often and have many songs.
 */
final class Songs {
    private static final long STREAM = 1;
    // With these values the generated logs contain as many artists and songs as the published small and full logs.
    private static final double SHIFT = 10;
    private static final double STEEPNESS = 1.3;
    private static final double MAX_SONGS_PER_ARTIST = 200;
    // A lognormal distribution with the published mean of 249.1 seconds and standard deviation of 99.2.
    private static final double LOG_SECONDS = 5.4444;
    private static final double LOG_DEVIATION = 0.3837;

    private final ZipfDistribution popularity = new ZipfDistribution(Artists.NUMBER, SHIFT, STEEPNESS);
    private final String[] artists = new String[Artists.NUMBER];

    Song choose(KeyedRandom random) {
        int artist = popularity.choose(random);
        double songs = 3 + MAX_SONGS_PER_ARTIST / StrictMath.sqrt(1 + artist / 10.0);
        double draw = random.nextDouble();
        return song(artist, (int) (songs * draw * draw));
    }

    private Song song(int artist, int songNumber) {
        // The catalog does not depend on the seed, like that of the real service.
        KeyedRandom random = new KeyedRandom(STREAM, artist, songNumber);
        return new Song(name(artist), title(random), seconds(random));
    }

    private String name(int artist) {
        if (artists[artist] == null) {
            artists[artist] = Artists.name(artist);
        }
        return artists[artist];
    }

    private static String title(KeyedRandom random) {
        String noun = pick(Vocabulary.NOUNS, random);
        String title = switch (random.nextBelow(5)) {
            case 0 -> noun;
            case 1 -> "My " + pick(Vocabulary.ADJECTIVES, random) + " " + noun;
            case 2 -> noun + " in the " + pick(Vocabulary.NOUNS, random);
            case 3 -> "The " + noun + " and the " + pick(Vocabulary.NOUNS, random);
            default -> pick(Vocabulary.ADJECTIVES, random) + " " + noun;
        };
        return random.nextBoolean(10) ? title + " (Album Version)" : title;
    }

    /** Five decimals, as in the real log. */
    private static double seconds(KeyedRandom random) {
        double seconds = StrictMath.exp(LOG_SECONDS + LOG_DEVIATION * random.nextGaussian());
        return Math.rint(Math.min(3_000, seconds) * 1e5) / 1e5;
    }

    private static String pick(List<String> words, KeyedRandom random) {
        return words.get(random.nextBelow(words.size()));
    }
}
