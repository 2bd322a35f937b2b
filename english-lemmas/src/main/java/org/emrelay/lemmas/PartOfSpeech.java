package org.emrelay.lemmas;

/** The parts of speech of WordNet, in the order in which a form is taken for one: a title names things before it tells what they do. */
enum PartOfSpeech {
    NOUN("noun"),
    ADJECTIVE("adj"),
    VERB("verb"),
    ADVERB("adv");

    private final String file;

    PartOfSpeech(String file) {
        this.file = file;
    }

    /** How WordNet's files of this part of speech are called: data.noun, noun.exc. */
    String file() {
        return file;
    }
}
