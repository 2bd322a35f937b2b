package org.emrelay.jobs.wordclouds.clouds;

import java.util.List;
import java.util.stream.Collectors;

/** What the job says at its end: a line on each kind of thing that it left out, and where to look. */
record Report(List<DrawnYear> tried, List<DrawnYear> drawn) {
    private static final int MOST_NAMED = 20;

    Report {
        tried = List.copyOf(tried);
        drawn = List.copyOf(drawn);
    }

    void printLeftOut() {
        List<DrawnYear> empty = tried.stream().filter(year -> !year.isDrawn()).toList();
        if (!empty.isEmpty()) {
            String named =
                    empty.stream().limit(MOST_NAMED).map(DrawnYear::label).collect(Collectors.joining(", "));
            String more = empty.size() > MOST_NAMED ? " and " + (empty.size() - MOST_NAMED) + " more" : "";
            System.out.println("Left out, for no word of theirs can be drawn: " + named + more + ".");
        }
        int undrawable = tried.stream().mapToInt(DrawnYear::undrawable).sum();
        if (undrawable > 0) {
            System.out.println("Left out " + undrawable + (undrawable == 1 ? " word" : " words")
                    + " with letters that no typeface here has (emoji, for example).");
        }
    }

    void printDone(String output) {
        System.out.println("Drew " + drawn.size() + (drawn.size() == 1 ? " cloud" : " clouds") + " to " + output
                + "; open " + output + "/index.html to look at them.");
        System.out.flush();
    }
}
