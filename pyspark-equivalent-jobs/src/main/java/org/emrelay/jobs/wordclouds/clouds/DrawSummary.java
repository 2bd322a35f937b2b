package org.emrelay.jobs.wordclouds.clouds;

import java.util.List;
import java.util.stream.Collectors;

/** Prints what the job drew and what it skipped. */
record DrawSummary(List<RenderedYear> attempted, List<RenderedYear> drawn) {
    private static final int MAX_LISTED_YEARS = 20;

    DrawSummary {
        attempted = List.copyOf(attempted);
        drawn = List.copyOf(drawn);
    }

    void printSkipped() {
        List<RenderedYear> skipped =
                attempted.stream().filter(year -> !year.isDrawn()).toList();
        if (!skipped.isEmpty()) {
            String named = skipped.stream()
                    .limit(MAX_LISTED_YEARS)
                    .map(RenderedYear::label)
                    .collect(Collectors.joining(", "));
            String more =
                    skipped.size() > MAX_LISTED_YEARS ? " and " + (skipped.size() - MAX_LISTED_YEARS) + " more" : "";
            System.out.println("Skipped years without a drawable word: " + named + more + ".");
        }
        int undrawable = attempted.stream().mapToInt(RenderedYear::undrawable).sum();
        if (undrawable > 0) {
            System.out.println("Skipped " + undrawable + (undrawable == 1 ? " word" : " words")
                    + " with characters that no bundled font supports (for example emoji).");
        }
    }

    void printDrawn(String output) {
        System.out.println("Drew " + drawn.size() + (drawn.size() == 1 ? " cloud" : " clouds") + " to " + output
                + "; open " + output + "/index.html to view them.");
        System.out.flush();
    }
}
