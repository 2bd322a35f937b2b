package org.emrelay.jobs.wordclouds.titles;

import java.util.List;
import java.util.Locale;
import org.emrelay.jobs.random.KeyedRandom;

/**
 * Generates people, places and kinds of books for the sample titles.
 *
 * <p>A few names are frequent, followed by a long tail of rare ones, which gives real titles their many rare words.
 */
final class NameGenerator {
    // Ranks from 16 to half a million: no name dominates a year, and a million titles have about 300,000 words.
    private static final int MIN_OCTAVE = 4;
    private static final int MAX_OCTAVE = 18;
    private static final int SURNAME_STREAM = 1;
    private static final int PLACE_STREAM = 2;
    private static final int NAME_STREAM = 3;

    private final WeightedChoice<String> first;
    private final WeightedChoice<String> places;
    private final WeightedChoice<String> works;
    private final WeightedChoice<String> cycles;
    private final List<String> surnameStarts;
    private final List<String> surnameEnds;
    private final List<String> surnameTails;
    private final List<String> placeTails;
    private final List<String> nameTails;
    private final List<String> onsets;
    private final List<String> vowels;
    private final List<String> codas;

    NameGenerator(SectionedFile text) {
        first = WeightedChoice.nearlyUniform(text.words("[first]"));
        places = WeightedChoice.nearlyUniform(text.words("[places]"));
        works = WeightedChoice.nearlyUniform(text.words("[work]"));
        cycles = WeightedChoice.nearlyUniform(text.words("[cycle]"));
        surnameStarts = text.words("[surname starts]");
        surnameEnds = text.words("[surname ends]");
        surnameTails = text.words("[surname tails]");
        placeTails = text.words("[place tails]");
        nameTails = text.words("[name tails]");
        onsets = text.words("[onsets]");
        vowels = text.words("[vowels]");
        codas = text.words("[codas]");
    }

    String first(KeyedRandom random) {
        return first.choose(random);
    }

    String work(KeyedRandom random) {
        return works.choose(random);
    }

    String cycle(KeyedRandom random) {
        return cycles.choose(random);
    }

    String surname(KeyedRandom random) {
        long rank = random.nextZipfRank(MIN_OCTAVE, MAX_OCTAVE);
        int combinations = surnameStarts.size() * surnameEnds.size();
        if (rank >= combinations) {
            return invented(SURNAME_STREAM, rank, surnameTails);
        }
        // The prime stride gives neighboring ranks different beginnings.
        int pair = (int) (rank * 7919 % combinations);
        return surnameStarts.get(pair / surnameEnds.size()) + surnameEnds.get(pair % surnameEnds.size());
    }

    String place(KeyedRandom random) {
        return random.nextBoolean(40)
                ? places.choose(random)
                : invented(PLACE_STREAM, random.nextZipfRank(MIN_OCTAVE, MAX_OCTAVE), placeTails);
    }

    String name(KeyedRandom random) {
        return invented(NAME_STREAM, random.nextZipfRank(MIN_OCTAVE, MAX_OCTAVE), nameTails);
    }

    /** Returns a made-up word that depends on the rank only, not on the seed, so frequent ranks repeat. */
    private String invented(int stream, long rank, List<String> tails) {
        KeyedRandom letterDice = new KeyedRandom(stream, 0, rank);
        StringBuilder word = new StringBuilder(16);
        // Frequent names are short.
        int syllables = rank < 512 || letterDice.nextBoolean(40) ? 1 : 2;
        for (int syllable = 0; syllable < syllables; syllable++) {
            word.append(pick(onsets, letterDice)).append(pick(vowels, letterDice));
        }
        word.append(pick(codas, letterDice)).append(pick(tails, letterDice));
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String pick(List<String> parts, KeyedRandom random) {
        return parts.get(random.nextBelow(parts.size()));
    }
}
