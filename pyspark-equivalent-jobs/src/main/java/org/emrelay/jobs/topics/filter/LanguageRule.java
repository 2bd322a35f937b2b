package org.emrelay.jobs.topics.filter;

import java.io.Serializable;
import java.lang.Character.UnicodeScript;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.jobs.language.Language;
import org.emrelay.jobs.topics.text.LanguageDetector;
import org.emrelay.jobs.topics.text.TextCleaner;
import org.jspecify.annotations.Nullable;

/**
 * Decides by its language whether a post is kept.
 *
 * <p>Uses the declared language. If a post declares none, detects it by the post's stop words and script.
 */
final class LanguageRule implements Serializable {
    private static final long serialVersionUID = 1L;

    static final String OTHER_SCRIPT = "other script";
    static final String UNKNOWN = "unknown";

    private final FilterSettings settings;
    private final LanguageDetector detector = new LanguageDetector();

    LanguageRule(FilterSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    /** Returns the declared tag if it denotes a language, else the detected code. */
    Optional<String> languageOf(@Nullable String tag, String text) {
        return Language.ofTag(tag).isPresent() ? Optional.ofNullable(tag) : detector.detect(TextCleaner.clean(text));
    }

    /**
     * Returns the language that causes a post to be dropped. Empty if the post is kept.
     *
     * @param tag the result of {@link #languageOf}
     */
    Optional<String> dropped(Optional<String> tag, String text) {
        if (settings.isAnyLanguage()) {
            return Optional.empty();
        }
        if (tag.isPresent()) {
            return Language.ofTag(tag.get()).map(Language::code).filter(code -> !code.equals(settings.language()));
        }
        if (isOtherScript(TextCleaner.clean(text))) {
            return Optional.of(OTHER_SCRIPT);
        }
        return settings.keepsUnknown() ? Optional.empty() : Optional.of(UNKNOWN);
    }

    /** Whether most letters belong to a script other than the language's. False for languages without stop words. */
    private boolean isOtherScript(String cleaned) {
        if (!new Language(settings.language()).hasStopWords()) {
            return false;
        }
        UnicodeScript script = settings.language().equals("ru") ? UnicodeScript.CYRILLIC : UnicodeScript.LATIN;
        int letters = 0;
        int ofScript = 0;
        for (int index = 0; index < cleaned.length(); ) {
            int codePoint = cleaned.codePointAt(index);
            if (Character.isLetter(codePoint)) {
                letters++;
                ofScript += UnicodeScript.of(codePoint) == script ? 1 : 0;
            }
            index += Character.charCount(codePoint);
        }
        return 2 * ofScript < letters;
    }
}
