package org.emrelay.jobs.topics.filter;

import java.util.Arrays;
import java.util.List;

/** The reasons to drop a post, in the order in which the rules apply. The first match counts. */
enum FilterRule {
    UNWANTED("unwanted", "unwanted term", "Remove terms from the file of --unwanted.", false),
    LANGUAGE("language", "other language", "Pass the language of the posts or 'any' as --language.", false),
    REPOST("repost", "repost", "Pass --keep-reposts.", true),
    MARKED_REPOST("repost_by_text", "repost by text", "Pass --keep-reposts.", true),
    SAME_TEXT("same_text", "repeated text", "", true),
    NEAR_DUPLICATE("near_duplicate", "near-duplicate", "", true);

    private final String id;
    private final String label;
    private final String remedy;
    private final boolean isDuplicate;

    FilterRule(String id, String label, String remedy, boolean isDuplicate) {
        this.id = id;
        this.label = label;
        this.remedy = remedy;
        this.isDuplicate = isDuplicate;
    }

    /** The rule's name in tables and reports. */
    String id() {
        return id;
    }

    /** The meaning of {@link FilterColumns#DETAIL} for the posts that the rule drops. */
    String detailName() {
        return this == UNWANTED ? "term" : "language";
    }

    /** The rule's name in messages. */
    String label() {
        return label;
    }

    /** How to keep the posts that the rule drops. Empty for rules that always keep one of several posts. */
    String remedy() {
        return remedy;
    }

    /** Whether the posts that the rule drops repeat another post. */
    boolean isDuplicate() {
        return isDuplicate;
    }

    static FilterRule ofId(String id) {
        return Arrays.stream(values())
                .filter(rule -> rule.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no rule '" + id + "'"));
    }

    static List<String> repostIds() {
        return List.of(REPOST.id, MARKED_REPOST.id);
    }
}
