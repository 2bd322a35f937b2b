package org.emrelay.jobs.wordclouds.words;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.jobs.language.Language;
import org.emrelay.tables.Flags;
import org.emrelay.tables.UserFault;
import org.jspecify.annotations.Nullable;

/** The flags that describe the language of the titles. */
record LanguageOptions(
        Language language,
        List<String> extraStopWords,
        @Nullable String lemmas,
        boolean pretrained) {
    static final List<String> FLAGS = List.of("--language", "--stop-words", "--lemmas", "--pretrained");

    LanguageOptions {
        Objects.requireNonNull(language, "language");
        extraStopWords = List.copyOf(extraStopWords);
    }

    static LanguageOptions of(Flags flags) {
        boolean pretrained = flags.isSet("--pretrained");
        Optional<String> lemmas = flags.optional("--lemmas");
        if (pretrained && lemmas.isPresent()) {
            throw new UserFault("--lemmas cannot be combined with --pretrained: both select the lemmatizer.");
        }
        String english = Language.ENGLISH.code();
        String code = pretrained
                ? flags.textOr("--language", english)
                : flags.choiceOr("--language", english, Language.codes());
        return new LanguageOptions(new Language(code), flags.list("--stop-words"), lemmas.orElse(null), pretrained);
    }

    Optional<String> lemmaFile() {
        return Optional.ofNullable(lemmas);
    }

    /** Returns a warning if no lemmatizer is available for the language. */
    Optional<String> notice() {
        boolean lemmatized = pretrained || lemmas != null || language.equals(Language.ENGLISH);
        return lemmatized
                ? Optional.empty()
                : Optional.of(
                        "No bundled lemma dictionary for language '" + language.code()
                                + "': words are not lemmatized. Pass --lemmas with a dictionary or --pretrained to download a model.");
    }
}
