package org.emrelay.lemmas;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Generates the regular inflected forms of English words, without apostrophes. */
final class Inflection {
    private static final Pattern SIBILANT = Pattern.compile(".*(s|x|z|ch|sh)");
    private static final Pattern CONSONANT_AND_Y = Pattern.compile(".*([^aeiouy]|qu)y");
    // One vowel before one consonant at the end of the only syllable: stop, quiz, thin.
    private static final Pattern DOUBLES_CONSONANT = Pattern.compile("([^aeiouy]*|y|.*qu)[aeiouy][^aeiouywxh]");
    private static final Pattern ONE_SYLLABLE = Pattern.compile("([^aeiouy]|^y|qu)*[aeiouy]+[^aeiouy]*e?");
    private static final Pattern TWO_SHORT_SYLLABLES =
            Pattern.compile("([^aeiouy]|qu)*[aeiouy]+[^aeiouy]+(y|le|ow|er)");

    private Inflection() {}

    /** @param irregular whether the lemma has an irregular plural, withEnding or comparative */
    static List<String> forms(PartOfSpeech part, String lemma, boolean irregular) {
        return switch (part) {
            case NOUN -> nounForms(lemma, irregular);
            case ADJECTIVE -> irregular ? List.of() : comparativeForms(lemma);
            case VERB -> verbForms(lemma, irregular);
            case ADVERB -> List.of();
        };
    }

    private static List<String> nounForms(String lemma, boolean irregular) {
        List<String> forms = new ArrayList<>(irregular ? List.of() : plurals(lemma));
        if (!lemma.endsWith("s")) {
            // Possessives such as lady's and child's, without their apostrophe.
            forms.add(lemma + "s");
        }
        return forms;
    }

    private static List<String> verbForms(String lemma, boolean irregular) {
        List<String> forms = new ArrayList<>(withS(lemma));
        forms.add(lemma.endsWith("ie") ? withoutLast(lemma, 2) + "ying" : stem(lemma, "i") + "ing");
        if (!irregular) {
            forms.add(withEnding(lemma, "ed"));
        }
        return forms;
    }

    private static List<String> comparativeForms(String lemma) {
        boolean isComparable = ONE_SYLLABLE.matcher(lemma).matches()
                || TWO_SHORT_SYLLABLES.matcher(lemma).matches();
        return isComparable ? List.of(withEnding(lemma, "er"), withEnding(lemma, "est")) : List.of();
    }

    private static List<String> plurals(String lemma) {
        if (lemma.endsWith("man")) {
            // WordNet's exception files lack these. For humans and Romans, the possessive -s above gives the plural.
            return List.of(withoutLast(lemma, 2) + "en");
        }
        return lemma.endsWith("ics") ? List.of() : withS(lemma);
    }

    private static List<String> withS(String lemma) {
        if (SIBILANT.matcher(lemma).matches()) {
            return List.of(lemma + "es");
        }
        if (CONSONANT_AND_Y.matcher(lemma).matches()) {
            return List.of(withoutLast(lemma, 1) + "ies");
        }
        return lemma.endsWith("o") ? List.of(lemma + "s", lemma + "es") : List.of(lemma + "s");
    }

    /** Adds an ending that begins with e: -ed, -er or -est. */
    private static String withEnding(String lemma, String ending) {
        return CONSONANT_AND_Y.matcher(lemma).matches()
                ? withoutLast(lemma, 1) + "i" + ending
                : stem(lemma, "e") + ending;
    }

    /** The stem before an ending that starts with this vowel: see-ing but siz-ed, dye-ing, stopp-ing, mak-ing. */
    private static String stem(String lemma, String vowel) {
        boolean keepsFinalE = vowel.equals("i") && lemma.matches(".*[eoy]e");
        if (lemma.endsWith("e") && !keepsFinalE) {
            return withoutLast(lemma, 1);
        }
        return DOUBLES_CONSONANT.matcher(lemma).matches() ? lemma + lemma.charAt(lemma.length() - 1) : lemma;
    }

    private static String withoutLast(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }
}
