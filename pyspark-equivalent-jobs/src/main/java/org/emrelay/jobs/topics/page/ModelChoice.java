package org.emrelay.jobs.topics.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.emrelay.jobs.topics.page.FoundTopics.Candidate;
import org.emrelay.jobs.topics.page.FoundTopics.Selection;
import org.emrelay.pages.NumberFormats;
import org.emrelay.pages.ReportPage;
import org.emrelay.pages.ReportPage.Chart;
import org.emrelay.pages.charts.ErrorBarChart;
import org.emrelay.pages.charts.ErrorBarChart.Point;

/** The section about the choice of the number of topics and the quality of the model. */
record ModelChoice(FoundTopics found) {
    /** More dots would obscure the means. */
    private static final int MAX_DOTS = 400;

    ModelChoice {
        Objects.requireNonNull(found, "found");
    }

    void addTo(ReportPage page) {
        Selection selection = found.selection();
        boolean isChosen = selection != null && !selection.candidates().isEmpty();
        List<Candidate> candidates =
                isChosen ? Objects.requireNonNull(selection).candidates() : List.of(found.quality());
        int chosen = isChosen
                ? Objects.requireNonNull(selection).chosen()
                : found.quality().k();
        page.heading("How the model was chosen", introduction(isChosen, candidates.size(), chosen));
        if (isChosen) {
            page.charts(List.of(npmi(candidates, chosen), stability(candidates, chosen)));
        }
        page.table(
                List.of("Topics", "NPMI", "NPMI of each seed", "Stability over seeds"),
                candidates.stream().map(ModelChoice::row).toList(),
                isChosen ? indexOf(candidates, chosen) : -1);
        page.note(
                "NPMI: how often the ten most probable terms of a topic occur together, from −1 to 1; 0 means as often as by chance. It is"
                        + " often negative for short posts, because even related terms rarely occur in the same post: compare the values, and"
                        + " ignore their sign. ± is the standard error of the mean over seeds. Stability: the mean overlap of these terms with"
                        + " those of the matching topics from other seeds, from 0 to 1.");
    }

    private String introduction(boolean isChosen, int candidates, int chosen) {
        String choice = isChosen
                ? NumberFormats.count(candidates) + " numbers of topics were compared, each with "
                        + seeds(found.quality()) + "; " + chosen
                        + " has the best combination of NPMI and stability. Other numbers with overlapping error bars may be equally good."
                : "The number of topics, " + found.topics().size()
                        + ", was given, not chosen: the table shows how coherent and stable these topics are, but not whether"
                        + " another number is better (k=auto compares several).";
        return choice + " " + measured();
    }

    private static String seeds(Candidate candidate) {
        int seeds = candidate.npmiBySeed().size();
        return seeds == 1 ? "one seed" : seeds + " seeds";
    }

    private String measured() {
        return found.heldOutPosts() == 0
                ? "NPMI was measured on all posts, including those in which the topics were found, because there were too few to"
                        + " hold some out: it is too high."
                : "NPMI was measured on " + Figures.posts(found.heldOutPosts())
                        + " that were held out; the topics were found in " + NumberFormats.count(found.fitPosts())
                        + " others.";
    }

    private static Chart npmi(List<Candidate> candidates, int chosen) {
        int dots =
                candidates.stream().mapToInt(each -> each.npmiBySeed().size()).sum();
        List<Point> points = candidates.stream()
                .map(each -> new Point(
                        String.valueOf(each.k()),
                        each.npmi(),
                        each.npmiError(),
                        dots > MAX_DOTS ? List.of() : each.npmiBySeed()))
                .toList();
        return new Chart(
                "Coherence",
                List.of(),
                new ErrorBarChart("number of topics", "NPMI", List.of(0.0), points, indexOf(candidates, chosen)).svg(),
                "Mean and standard error over seeds. Small dots: single seeds. Highlighted: the chosen number.");
    }

    private static Chart stability(List<Candidate> candidates, int chosen) {
        List<Point> points = candidates.stream()
                .map(each -> new Point(String.valueOf(each.k()), each.stability(), 0, List.of()))
                .toList();
        return new Chart(
                "Stability",
                List.of(),
                new ErrorBarChart(
                                "number of topics",
                                "overlap of terms between seeds",
                                List.of(0.0, 1.0),
                                points,
                                indexOf(candidates, chosen))
                        .svg(),
                "At 1, every seed finds the same topics. Low values mean that the topics depend on the seed.");
    }

    private static int indexOf(List<Candidate> candidates, int chosen) {
        return candidates.stream().map(Candidate::k).toList().indexOf(chosen);
    }

    private static List<String> row(Candidate candidate) {
        List<String> row = new ArrayList<>();
        row.add(NumberFormats.count(candidate.k()));
        row.add(NumberFormats.decimal(candidate.npmi(), 3)
                + (candidate.hasSeeds() ? " ± " + NumberFormats.decimal(candidate.npmiError(), 3) : ""));
        row.add(candidate.npmiBySeed().stream()
                .limit(10)
                .map(npmi -> NumberFormats.decimal(npmi, 3))
                .collect(Collectors.joining("  ", "", candidate.npmiBySeed().size() > 10 ? "  …" : "")));
        row.add(candidate.hasSeeds() ? NumberFormats.decimal(candidate.stability(), 2) : "one seed");
        return row;
    }
}
