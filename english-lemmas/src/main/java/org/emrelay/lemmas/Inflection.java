package org.emrelay.lemmas;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The regular forms of English words, as letters alone: what becomes of an apostrophe is left out where forms are looked up. */
final class Inflection {
    private static final Pattern SIBILANT = Pattern.compile(".*(s|x|z|ch|sh)");
    private static final Pattern CONSONANT_AND_Y = Pattern.compile(".*([^aeiouy]|qu)y");
    // One vowel before one consonant at the end of the only syllable: stop, quiz, thin.
    private static final Pattern DOUBLING = Pattern.compile("([^aeiouy]*|y|.*qu)[aeiouy][^aeiouywxh]");
    private static final Pattern ONE_SYLLABLE = Pattern.compile("([^aeiouy]|^y|qu)*[aeiouy]+[^aeiouy]*e?");
    private static final Pattern TWO_SHORT_SYLLABLES =
            Pattern.compile("([^aeiouy]|qu)*[aeiouy]+[^aeiouy]+(y|le|ow|er)");

    private Inflection() {}

    /** The forms of a lemma; {@code irregular} is whether it has a plural or a past of its own. */
    static List<String> forms(PartOfSpeech part, String lemma, boolean irregular) {
        return switch (part) {
            case NOUN -> nounForms(lemma, irregular);
            case ADJECTIVE -> irregular ? List.of() : comparisons(lemma);
            case VERB -> verbForms(lemma, irregular);
            case ADVERB -> List.of();
        };
    }

    private static List<String> nounForms(String lemma, boolean irregular) {
        List<String> forms = new ArrayList<>(irregular ? List.of() : plurals(lemma));
        if (!lemma.endsWith("s")) {
            // Lady's and child's, which lose their apostrophe.
            forms.add(lemma + "s");
        }
        return forms;
    }

    private static List<String> verbForms(String lemma, boolean irregular) {
        List<String> forms = new ArrayList<>(endingInS(lemma));
        forms.add(lemma.endsWith("ie") ? withoutLast(lemma, 2) + "ying" : stem(lemma, "i") + "ing");
        if (!irregular) {
            forms.add(past(lemma, "ed"));
        }
        return forms;
    }

    private static List<String> comparisons(String lemma) {
        boolean compared = ONE_SYLLABLE.matcher(lemma).matches()
                || TWO_SHORT_SYLLABLES.matcher(lemma).matches();
        return compared ? List.of(past(lemma, "er"), past(lemma, "est")) : List.of();
    }

    private static List<String> plurals(String lemma) {
        if (lemma.endsWith("man")) {
            // WordNet's exceptions leave these out; of humans and Romans, the -s below has to do.
            return List.of(withoutLast(lemma, 2) + "en");
        }
        return lemma.endsWith("ics") ? List.of() : endingInS(lemma);
    }

    private static List<String> endingInS(String lemma) {
        if (SIBILANT.matcher(lemma).matches()) {
            return List.of(lemma + "es");
        }
        if (CONSONANT_AND_Y.matcher(lemma).matches()) {
            return List.of(withoutLast(lemma, 1) + "ies");
        }
        return lemma.endsWith("o") ? List.of(lemma + "s", lemma + "es") : List.of(lemma + "s");
    }

    /** With an ending that begins with e. */
    private static String past(String lemma, String ending) {
        return CONSONANT_AND_Y.matcher(lemma).matches()
                ? withoutLast(lemma, 1) + "i" + ending
                : stem(lemma, "e") + ending;
    }

    /** What stands before an ending that begins with that vowel: seeing but sized, dyeing, stopping, making. */
    private static String stem(String lemma, String vowel) {
        boolean keepsItsE = vowel.equals("i") && lemma.matches(".*[eoy]e");
        if (lemma.endsWith("e") && !keepsItsE) {
            return withoutLast(lemma, 1);
        }
        return DOUBLING.matcher(lemma).matches() ? lemma + lemma.charAt(lemma.length() - 1) : lemma;
    }

    private static String withoutLast(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }
}
