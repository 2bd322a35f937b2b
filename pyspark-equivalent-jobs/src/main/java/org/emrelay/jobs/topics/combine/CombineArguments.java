package org.emrelay.jobs.topics.combine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.tables.Flags;

/**
 * The arguments of {@link CombinePosts}.
 *
 * @param combined the earlier output to build on; empty to look for one
 */
record CombineArguments(String posts, String output, Optional<String> combined, PostInput input) {
    static final String POSTS = "--posts";
    static final String COMBINED = "--combined";
    private static final String OUTPUT = "--output";
    private static final String FORMAT = "--format";

    CombineArguments {
        Objects.requireNonNull(posts, "posts");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(combined, "combined");
        Objects.requireNonNull(input, "input");
    }

    static CombineArguments parse(String... arguments) {
        List<String> known = new ArrayList<>(List.of(POSTS, OUTPUT, COMBINED, FORMAT));
        known.addAll(PostColumns.FLAGS);
        Flags flags = Flags.parse(known, arguments);
        return new CombineArguments(
                flags.required(POSTS),
                flags.required(OUTPUT),
                flags.optional(COMBINED),
                new PostInput(flags.choiceOr(FORMAT, PostFormat.AUTO, PostFormat.CHOICES), PostColumns.parse(flags)));
    }

    /** Returns the settings that the result depends on, apart from the files. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("format", input.format());
        settings.put("id", input.columns().id());
        settings.put("time", input.columns().time());
        settings.put("text", input.columns().text());
        settings.put("lang", input.columns().lang());
        settings.put("repost", input.columns().repost());
        return settings;
    }
}
