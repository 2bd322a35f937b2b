package org.emrelay.jobs.topics.text;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.emrelay.jobs.language.Language;
import org.jspecify.annotations.Nullable;

/**
 * Converts posts to tokens, from which topics are found and assigned.
 *
 * <p>Drops stop words, numbers and short tokens. Drops {@code 's} at the end of a token, and in French, Italian and Catalan the
 * elided article before an apostrophe ({@code l'espace} is {@code espace}).
 */
public final class PostTokens implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Set<String> LANGUAGES_WITH_ELISION = Set.of("fr", "it", "ca");
    private static final int MAX_ELIDED = 5;

    private final TokenSettings settings;
    private final TopicStopWords stopWords;
    private final @Nullable LanguageDetector detector;

    public PostTokens(TokenSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
        boolean isAny = settings.language().equals(TokenSettings.ANY);
        this.stopWords =
                TopicStopWords.of(isAny ? Language.codes() : List.of(settings.language()), settings.stopWords());
        this.detector = isAny ? new LanguageDetector() : null;
    }

    public TokenSettings settings() {
        return settings;
    }

    /**
     * Returns the tokens of a post in order. A bigram follows its second word.
     *
     * @param lang the declared language of the post, as a tag such as {@code pt-BR}
     */
    public List<String> tokens(String text, @Nullable String lang) {
        List<String> words = PostTokenizer.tokens(TextCleaner.clean(text));
        String language = language(words, lang);
        Set<String> stopped = stopWords.of(language);
        boolean hasElision = LANGUAGES_WITH_ELISION.contains(language);
        List<String> tokens = new ArrayList<>(words.size());
        String previous = "";
        for (String word : words) {
            String token = token(word, stopped, hasElision);
            if (token.isEmpty()) {
                previous = "";
                continue;
            }
            tokens.add(token);
            boolean isPair = Cjk.contains(token.codePointAt(0));
            if (settings.bigrams() && !previous.isEmpty() && !isPair) {
                tokens.add(previous + "_" + token);
            }
            previous = isPair ? "" : token;
        }
        return tokens;
    }

    /** Returns a notice if any of these declared languages has no list of stop words. */
    public Optional<String> notice(Collection<String> tags) {
        boolean isAny = settings.language().equals(TokenSettings.ANY);
        Stream<Language> used = isAny
                ? tags.stream().flatMap(tag -> Language.ofTag(tag).stream())
                : Stream.of(new Language(settings.language()));
        Set<String> missing = new TreeSet<>();
        used.filter(language -> !language.hasStopWords()).forEach(language -> missing.add(language.code()));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("No stop words for language " + String.join(", ", missing)
                        + ": only those in --stop-words are removed. Languages with a list: "
                        + String.join(", ", Language.codes()) + ".");
    }

    private String language(List<String> words, @Nullable String lang) {
        return detector == null
                ? settings.language()
                : Language.ofTag(lang)
                        .map(Language::code)
                        .or(() -> detector.detect(words))
                        .orElse("");
    }

    /** Returns the token of a word; empty if it is dropped. */
    private String token(String word, Set<String> stopped, boolean hasElision) {
        if (word.isEmpty() || stopped.contains(word)) {
            return "";
        }
        String token = word;
        int apostrophe = word.indexOf('\'');
        if (apostrophe >= 0) {
            token = hasElision && apostrophe <= MAX_ELIDED ? word.substring(apostrophe + 1) : withoutPossessive(word);
        }
        boolean isDropped = (isShort(token) && !isPair(token)) || (apostrophe >= 0 && stopped.contains(token));
        return isDropped ? "" : token;
    }

    private static String withoutPossessive(String word) {
        return word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
    }

    private boolean isShort(String token) {
        return token.length() < settings.minLength() || token.codePointCount(0, token.length()) < settings.minLength();
    }

    private static boolean isPair(String token) {
        return token.codePointCount(0, token.length()) > 1 && Cjk.contains(token.codePointAt(0));
    }
}
