package org.emrelay.jobs.wordclouds.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Adversarial titles for tests and benchmarks. */
public final class AdversarialTitles {
    private static final int TITLE_LENGTH = 10_000;
    // With more line terminators in one chunk, the plain pipeline overflows its stack; see DeepStack.
    private static final int CONSECUTIVE_SPACES = 400;
    private static final int RANDOM_TITLES = 4_000;
    private static final int MAX_RANDOM_PIECES = 40;

    // The two characters with which Spark NLP's tokenizer marks breaks and protected text.
    private static final String BREAK = "\u2187";
    private static final String PROTECT = "\u2188";

    private static final List<String> SPACES = List.of(
            " ", "\t", "\n", "\u000b", "\f", "\r", "\r\n", "\u001c", "\u001f", "\u0085", "\u00a0", "\u1680", "\u2003",
            "\u2007", "\u200b", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "\ufeff");

    private static final List<String> FRAGMENTS = List.of(
            "the",
            "The",
            "THE",
            "of",
            "wings",
            "Wings",
            "WINGS",
            "leaves",
            "found",
            "don't",
            "Don\u2019t",
            "o'clock",
            "rock-n-roll",
            "C++",
            "+",
            "++",
            "1984",
            "2nd",
            "x",
            "I",
            "\u0130stanbul",
            "\u0131",
            "\u00df",
            "\u1e9e",
            "\u017f",
            "\u212a",
            "\u039f\u0394\u039f\u03a3",
            "\u01c5",
            "\ufb01",
            "e\u0301",
            "\u00e9",
            "\u0301",
            "n\u0303o",
            "\u0915\u094d\u0937\u093f",
            "\u0e01\u0e33",
            "\u05e9\u05c1\u05dc\u05d5\u05dd",
            "\u0643\u0650\u062a\u0627\u0628",
            "\u202e",
            "\u200f",
            "\u200d",
            "\u00ad",
            "\u6587\u5b57",
            "\u304b\u3099",
            "\ud55c\uae00",
            "\u1112\u1161\u11ab",
            "\ud83d\ude00",
            "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
            "\ud83c\uddeb\ud83c\uddf7",
            "\ud83d\udc4d\ud83c\udffd",
            "\ud835\udd38",
            "\ud801\udc00",
            "\ud800",
            "\udc00",
            "\u0000",
            "\u0001",
            "\u001b[31m",
            "\u007f",
            "\ufffd",
            "\uffff",
            BREAK,
            PROTECT,
            ".",
            ",",
            ";",
            ":",
            "!",
            "?",
            "*",
            "-",
            "(",
            ")",
            "\"",
            "'",
            "...",
            "--",
            "\\",
            "$1",
            "\\S+",
            "[",
            "]",
            "{",
            "}",
            "^",
            "|",
            "#",
            "@",
            "&amp;",
            "<b>",
            "http://a.b/c?d=e",
            "a@b.c",
            "%",
            "_",
            "\u2014",
            "\u201c",
            "\u00bf");

    private AdversarialTitles() {}

    /** Returns the same titles in the same order on every call. */
    public static List<String> titles() {
        List<String> titles =
                new ArrayList<>(List.of("", " ", "\t\n", "\u00a0", "\u3000\u2003", "'", "''''", "...", "-", "+"));
        titles.addAll(FRAGMENTS);
        for (String space : SPACES) {
            titles.add(space);
            titles.add("Dark" + space + "Wings" + space + space + "of the" + space + "Night" + space);
            titles.add(space + "\"(The" + space + "Leaves)\"");
        }
        for (String marker : List.of(BREAK, PROTECT)) {
            titles.add(marker + "wings" + marker + marker + "of" + marker);
            titles.add("dark" + marker + " " + marker + "'wings'" + marker + "night.");
        }
        titles.addAll(longTitles());
        Random random = new Random(20_261_121);
        for (int title = 0; title < RANDOM_TITLES; title++) {
            titles.add(random(random));
        }
        return titles;
    }

    private static List<String> longTitles() {
        List<String> titles = new ArrayList<>();
        for (String fragment : FRAGMENTS) {
            // Lower-casing a final sigma scans the whole word each time, which would take seconds.
            if (!fragment.contains("\u03a3")) {
                titles.add(fragment.repeat(TITLE_LENGTH / fragment.length()));
            }
            titles.add((fragment + " ").repeat(TITLE_LENGTH / (fragment.length() + 1)));
        }
        for (String space : SPACES) {
            titles.add(space.repeat(CONSECUTIVE_SPACES));
            // The pattern of the tokenizer backtracks here, because its dot does not match line terminators.
            titles.add("a".repeat(TITLE_LENGTH / 2) + space + "b".repeat(TITLE_LENGTH / 2));
            titles.add("wings'".repeat(TITLE_LENGTH / 6) + space + "'");
        }
        return titles;
    }

    private static String random(Random random) {
        return random.ints(random.nextInt(MAX_RANDOM_PIECES), 0, FRAGMENTS.size() + 2 * SPACES.size())
                .mapToObj(index -> index < FRAGMENTS.size()
                        ? FRAGMENTS.get(index)
                        : SPACES.get((index - FRAGMENTS.size()) % SPACES.size()))
                .collect(Collectors.joining());
    }
}
