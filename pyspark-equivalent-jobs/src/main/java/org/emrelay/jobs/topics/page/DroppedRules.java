package org.emrelay.jobs.topics.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.emrelay.pages.NumberFormats;
import org.emrelay.tables.UserFault;

/**
 * The records and posts that earlier steps dropped, in the order of their rules.
 *
 * @param summary sentences about what these steps read and kept
 */
record DroppedRules(List<String> summary, List<Rule> rules) {
    private static final int MAX_DETAILS = 8;

    private static final Map<String, String> LABELS = Map.of(
            "unwanted", "Contains an unwanted term",
            "language", "In another language",
            "repost", "Repost, flagged by the platform",
            "repost_by_text", "Repost, recognized by its text",
            "same_text", "Same words as an earlier post",
            "near_duplicate", "Near-duplicate of an earlier post");

    DroppedRules {
        summary = List.copyOf(summary);
        rules = List.copyOf(rules);
    }

    /**
     * A rule and the posts that it dropped.
     *
     * @param details counts by term or language; empty if there are none
     */
    record Rule(String label, long posts, String details, List<Example> examples) {
        Rule {
            examples = List.copyOf(examples);
        }
    }

    /** @param reason why the rule applies; empty if there is nothing to add */
    record Example(String text, String reason) {}

    /**
     * Reads the reports.
     *
     * @param combined the report of the step that combines files; empty if not given
     * @param filtered the report of the step that filters posts; empty if not given
     */
    static DroppedRules parse(Report combined, Report filtered) {
        List<String> summary = new ArrayList<>();
        List<Rule> rules = new ArrayList<>();
        addCombined(combined.json(), summary, rules);
        addFiltered(filtered.json(), summary, rules);
        return new DroppedRules(summary, rules);
    }

    /**
     * A report file.
     *
     * @param text the content; empty if there is no report
     */
    record Report(String flag, String uri, String text) {
        static Report none() {
            return new Report("", "", "");
        }

        private JsonNode json() {
            if (text.isEmpty()) {
                return MissingNode.getInstance();
            }
            try {
                return new ObjectMapper().readTree(text);
            } catch (JsonProcessingException malformed) {
                throw new UserFault(flag + ": " + uri + " is not valid JSON. Pass the unchanged output of the step.");
            }
        }
    }

    private static void addCombined(JsonNode report, List<String> summary, List<Rule> rules) {
        if (report.isMissingNode()) {
            return;
        }
        long files = report.path("files").asLong();
        long unchanged = report.path("unchanged_files").asLong();
        summary.add("This run read " + NumberFormats.count(report.path("lines").asLong()) + " records from "
                + NumberFormats.count(files) + (files == 1 ? " file" : " files")
                + (unchanged > 0 ? "; earlier runs read " + NumberFormats.count(unchanged) + " other files" : "")
                + ".");
        report.path("malformed").fields().forEachRemaining(reason -> {
            if (reason.getValue().asLong() > 0) {
                rules.add(new Rule(
                        "Malformed record: " + reason.getKey(),
                        reason.getValue().asLong(),
                        "",
                        List.of()));
            }
        });
        rules.add(new Rule(
                "Same id as an earlier post", report.path("duplicates_by_id").asLong(), "", List.of()));
    }

    private static void addFiltered(JsonNode report, List<String> summary, List<Rule> rules) {
        if (report.isMissingNode()) {
            return;
        }
        long posts = report.path("posts").asLong();
        long kept = report.path("kept").asLong();
        summary.add("The filter kept " + NumberFormats.count(kept) + " of " + Figures.posts(posts) + " ("
                + Figures.share(kept, posts) + ").");
        for (JsonNode rule : report.path("rules")) {
            String id = rule.path("rule").asText();
            List<Example> examples = new ArrayList<>();
            rule.path("examples").forEach(example -> examples.add(example(example)));
            rules.add(new Rule(
                    LABELS.getOrDefault(id, id.replace('_', ' ')),
                    rule.path("dropped").asLong(),
                    details(rule),
                    examples));
        }
    }

    private static String details(JsonNode rule) {
        List<String> counts = new ArrayList<>();
        rule.fields().forEachRemaining(field -> {
            if (field.getKey().startsWith("by_")) {
                field.getValue()
                        .fields()
                        .forEachRemaining(entry -> counts.add(SafeText.term(entry.getKey()) + " "
                                + NumberFormats.count(entry.getValue().asLong())));
            }
        });
        return counts.stream().limit(MAX_DETAILS).collect(Collectors.joining(", "))
                + (counts.size() > MAX_DETAILS ? " and " + (counts.size() - MAX_DETAILS) + " more" : "");
    }

    private static Example example(JsonNode example) {
        String reason = "";
        if (example.hasNonNull("original_text")) {
            reason = "repeats: " + example.path("original_text").asText();
        } else if (example.hasNonNull("term")) {
            reason = "term: " + example.path("term").asText();
        } else if (example.hasNonNull("language")) {
            reason = "language: " + example.path("language").asText();
        }
        return new Example(example.path("text").asText(), reason);
    }
}
