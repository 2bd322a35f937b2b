package org.emrelay.jobs.topics.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.jobs.learning.JsonText;
import org.emrelay.tables.UserFault;

/**
 * The posts that the filter dropped, by rule.
 *
 * @param nearDuplicates the number of near-duplicates, which {@code counts} does not include
 * @param nearDuplicateExamples the first near-duplicates, with the texts of both posts
 */
record FilterReport(
        FilterSettings settings,
        RuleCounts counts,
        long nearDuplicates,
        List<Map<String, Object>> nearDuplicateExamples) {

    FilterReport {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(counts, "counts");
        nearDuplicateExamples = List.copyOf(nearDuplicateExamples);
    }

    /** Requires kept posts. Near-duplicates need no such check: the filter keeps the post that they repeat. */
    static void requireKept(RuleCounts counts, String flag, String uri) {
        if (counts.posts() == 0) {
            throw new UserFault(flag + ": " + uri + " contains no posts.");
        }
        if (counts.kept() == 0) {
            FilterRule first = Stream.of(FilterRule.values())
                    .max(Comparator.comparingLong(rule -> counts.of(rule).dropped()))
                    .orElseThrow();
            throw new UserFault(flag + ": the filter drops all " + counts.posts() + " posts of " + uri + ": "
                    + summary(counts, 0) + ". " + first.remedy());
        }
    }

    String json() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("posts", counts.posts());
        report.put("kept", kept());
        List<Map<String, Object>> rules = new ArrayList<>();
        for (FilterRule rule : FilterRule.values()) {
            rules.add(values(rule));
        }
        report.put("rules", rules);
        report.put("settings", settings.values());
        return JsonText.of(report);
    }

    void print() {
        String dropped = summary(counts, nearDuplicates);
        System.out.println("Kept " + kept() + " of " + counts.posts() + " posts"
                + (dropped.isEmpty() ? "." : "; dropped: " + dropped + "."));
        System.out.flush();
    }

    private long kept() {
        return counts.kept() - nearDuplicates;
    }

    private Map<String, Object> values(FilterRule rule) {
        RuleCount count = counts.of(rule);
        boolean isNearDuplicate = rule == FilterRule.NEAR_DUPLICATE;
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("rule", rule.id());
        values.put("dropped", isNearDuplicate ? nearDuplicates : count.dropped());
        if (!rule.isDuplicate()) {
            values.put("by_" + rule.detailName(), count.byDetail());
        }
        values.put(
                "examples",
                isNearDuplicate
                        ? nearDuplicateExamples
                        : count.examples().stream()
                                .map(post -> post.values(rule))
                                .toList());
        return values;
    }

    private static String summary(RuleCounts counts, long nearDuplicates) {
        return Stream.of(FilterRule.values())
                .map(rule -> Map.entry(
                        rule,
                        rule == FilterRule.NEAR_DUPLICATE
                                ? nearDuplicates
                                : counts.of(rule).dropped()))
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getKey().label() + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }
}
