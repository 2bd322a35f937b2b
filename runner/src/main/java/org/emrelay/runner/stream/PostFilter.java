package org.emrelay.runner.stream;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Selects posts by words and languages. Without either, it accepts all posts and parses none.
 *
 * <p>A post does not match if it is not valid JSON, if it has no text but there are track terms, or if it has no language but there are
 * languages.
 */
public final class PostFilter {
    private final boolean anyText;
    private final TrackTerms terms;
    private final Set<String> languages;

    private PostFilter(boolean anyText, TrackTerms terms, Set<String> languages) {
        this.anyText = anyText;
        this.terms = terms;
        this.languages = languages;
    }

    /**
     * Creates a filter.
     *
     * @param track words or phrases, one of which a post must contain; empty for all posts
     * @param languages such as {@code en}, which includes {@code en-US}; empty for all posts
     */
    public static PostFilter of(List<String> track, List<String> languages) {
        return new PostFilter(
                track.isEmpty(),
                TrackTerms.of(track),
                languages.stream().map(PostFilter::normalized).collect(Collectors.toUnmodifiableSet()));
    }

    boolean accepts(byte[] line) {
        if (anyText && languages.isEmpty()) {
            return true;
        }
        PostContent content = PostContent.parse(line);
        return (languages.isEmpty() || content.languages().stream().anyMatch(this::acceptsLanguage))
                && (anyText || content.texts().stream().anyMatch(terms::matches));
    }

    private boolean acceptsLanguage(String language) {
        String whole = normalized(language);
        int end = whole.indexOf('-');
        return languages.contains(whole) || (end > 0 && languages.contains(whole.substring(0, end)));
    }

    private static String normalized(String language) {
        return language.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
