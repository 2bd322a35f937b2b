package org.emrelay.jobs.wordclouds.titles;

import java.util.List;
import java.util.Locale;
import org.emrelay.jobs.random.Dice;

/**
 * People, places and kinds of books in the sample titles: a few that come again and again, and a tail of ever new ones, which is what
 * gives real titles their many rare words.
 */
final class Names {
    // From 16 to half a million: no name stands out in every year, and a million titles have some 300,000 words.
    private static final int FIRST_OCTAVE = 4;
    private static final int LAST_OCTAVE = 18;
    private static final int SURNAMES = 1;
    private static final int PLACES = 2;
    private static final int NAMES = 3;

    private final Odds<String> first;
    private final Odds<String> places;
    private final Odds<String> works;
    private final Odds<String> cycles;
    private final List<String> surnameStarts;
    private final List<String> surnameEnds;
    private final List<String> surnameTails;
    private final List<String> placeTails;
    private final List<String> nameTails;
    private final List<String> onsets;
    private final List<String> vowels;
    private final List<String> codas;

    Names(Sections text) {
        first = Odds.gentle(text.words("[first]"));
        places = Odds.gentle(text.words("[places]"));
        works = Odds.gentle(text.words("[work]"));
        cycles = Odds.gentle(text.words("[cycle]"));
        surnameStarts = text.words("[surname starts]");
        surnameEnds = text.words("[surname ends]");
        surnameTails = text.words("[surname tails]");
        placeTails = text.words("[place tails]");
        nameTails = text.words("[name tails]");
        onsets = text.words("[onsets]");
        vowels = text.words("[vowels]");
        codas = text.words("[codas]");
    }

    String first(Dice dice) {
        return first.choose(dice);
    }

    String work(Dice dice) {
        return works.choose(dice);
    }

    String cycle(Dice dice) {
        return cycles.choose(dice);
    }

    String surname(Dice dice) {
        long rank = dice.rank(FIRST_OCTAVE, LAST_OCTAVE);
        int joined = surnameStarts.size() * surnameEnds.size();
        if (rank >= joined) {
            return invented(SURNAMES, rank, surnameTails);
        }
        // A prime step, so that neighbouring ranks do not all begin alike.
        int pair = (int) (rank * 7919 % joined);
        return surnameStarts.get(pair / surnameEnds.size()) + surnameEnds.get(pair % surnameEnds.size());
    }

    String place(Dice dice) {
        return dice.percent(40)
                ? places.choose(dice)
                : invented(PLACES, dice.rank(FIRST_OCTAVE, LAST_OCTAVE), placeTails);
    }

    String name(Dice dice) {
        return invented(NAMES, dice.rank(FIRST_OCTAVE, LAST_OCTAVE), nameTails);
    }

    /** The same word for the same rank, whatever the seed: ranks are what repeats. */
    private String invented(int kind, long rank, List<String> tails) {
        Dice letters = new Dice(kind, 0, rank);
        StringBuilder word = new StringBuilder(16);
        // Frequent names are short ones.
        int syllables = rank < 512 || letters.percent(40) ? 1 : 2;
        for (int syllable = 0; syllable < syllables; syllable++) {
            word.append(any(onsets, letters)).append(any(vowels, letters));
        }
        word.append(any(codas, letters)).append(any(tails, letters));
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String any(List<String> parts, Dice dice) {
        return parts.get(dice.below(parts.size()));
    }
}
