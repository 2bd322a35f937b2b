package org.emrelay.jobs.wordclouds.words;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.jobs.Flags;
import org.emrelay.jobs.UserFault;
import org.jspecify.annotations.Nullable;

/** What a user says about the language of the titles. */
record LanguageChoice(
        Language language,
        List<String> extraStopWords,
        @Nullable String lemmas,
        boolean pretrained) {
    static final List<String> FLAGS = List.of("--language", "--stop-words", "--lemmas", "--pretrained");

    LanguageChoice {
        Objects.requireNonNull(language, "language");
        extraStopWords = List.copyOf(extraStopWords);
    }

    static LanguageChoice of(Flags flags) {
        boolean pretrained = flags.isSet("--pretrained");
        Optional<String> lemmas = flags.optional("--lemmas");
        if (pretrained && lemmas.isPresent()) {
            throw new UserFault("--lemmas and --pretrained exclude one another: both choose the lemmatizer.");
        }
        String english = Language.ENGLISH.code();
        String code = pretrained
                ? flags.textOr("--language", english)
                : flags.choiceOr("--language", english, Language.codes());
        return new LanguageChoice(new Language(code), flags.list("--stop-words"), lemmas.orElse(null), pretrained);
    }

    Optional<String> lemmaFile() {
        return Optional.ofNullable(lemmas);
    }

    /** That words stay as they are, where nothing brings them to their lemmas. */
    Optional<String> notice() {
        boolean lemmatized = pretrained || lemmas != null || language.equals(Language.ENGLISH);
        return lemmatized
                ? Optional.empty()
                : Optional.of(
                        "No lemma dictionary of the language '" + language.code()
                                + "' is here, so words stay as they stand in the titles; --lemmas names one, --pretrained downloads one.");
    }
}
