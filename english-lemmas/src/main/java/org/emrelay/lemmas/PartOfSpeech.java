package org.emrelay.lemmas;

/** The parts of speech of WordNet, in order of preference for a form: nouns are more frequent in titles than verbs. */
enum PartOfSpeech {
    NOUN("noun"),
    ADJECTIVE("adj"),
    VERB("verb"),
    ADVERB("adv");

    private final String file;

    PartOfSpeech(String file) {
        this.file = file;
    }

    /** The name in the WordNet file names: data.noun, noun.exc. */
    String file() {
        return file;
    }
}
