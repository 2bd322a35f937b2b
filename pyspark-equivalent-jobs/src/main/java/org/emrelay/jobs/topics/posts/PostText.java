package org.emrelay.jobs.topics.posts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.emrelay.jobs.random.KeyedRandom;

/** Generates the texts of posts. */
final class PostText {
    private static final int MIN_WORDS = 5;
    private static final int MAX_WORDS = 20;
    private static final List<String> LANGUAGES = List.of("de", "es", "fr");
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789";
    /** The maximum length of a repost's text. */
    private static final int REPOST_LENGTH = 140;

    private final WordLists phrases = WordLists.load("phrases.txt");
    private final List<String> openings = phrases.words("openings");
    private final List<String> connectors = phrases.words("connectors");
    private final List<String> adjectives = phrases.words("adjectives");
    private final List<String> endings = phrases.words("endings");
    private final List<String> chat = phrases.words("chat");
    private final List<String> names = phrases.words("names");

    private static String one(List<String> words, KeyedRandom random) {
        return words.get(random.nextBelow(words.size()));
    }

    /**
     * Generates a text about a topic, with an occasional term from other topics.
     *
     * @param others the topics that such terms come from
     */
    String about(SampleTopic topic, List<SampleTopic> others, KeyedRandom random) {
        int target = MIN_WORDS + random.nextBelow(MAX_WORDS - MIN_WORDS - 3);
        List<String> words = new ArrayList<>();
        if (random.nextBoolean(60)) {
            add(words, one(openings, random));
        }
        boolean isFirst = true;
        while (isFirst || words.size() < target) {
            if (!isFirst) {
                add(words, one(connectors, random));
            }
            if (random.nextBoolean(30)) {
                add(words, one(adjectives, random));
            }
            SampleTopic source = random.nextBoolean(5) ? others.get(random.nextBelow(others.size())) : topic;
            String term = source.term(random);
            if (random.nextBoolean(8)) {
                words.add(hashtag(term));
            } else {
                add(words, term);
            }
            isFirst = false;
        }
        if (words.size() < target + 2 && random.nextBoolean(40)) {
            add(words, one(endings, random));
        }
        return decorated(String.join(" ", words), topic, random);
    }

    private static void add(List<String> words, String phrase) {
        words.addAll(List.of(phrase.split(" ", -1)));
    }

    private String decorated(String plain, SampleTopic topic, KeyedRandom random) {
        String text = plain;
        if (random.nextBoolean(70)) {
            text = capitalized(text);
        }
        if (random.nextBoolean(10)) {
            text = text.replaceFirst(" and ", " &amp; ");
        }
        if (random.nextBoolean(4)) {
            text += random.nextBoolean(50) ? " &lt;3" : " &gt;&gt;";
        } else if (random.nextBoolean(40)) {
            text += random.nextBoolean(50) ? "!" : ".";
        }
        if (random.nextBoolean(12)) {
            text = mention(random) + " " + text;
        }
        if (random.nextBoolean(25)) {
            text += " " + topic.emoji(random);
        }
        if (random.nextBoolean(20)) {
            text += " " + hashtag(topic.term(random));
        }
        return random.nextBoolean(30) ? text + " " + url(random) : text;
    }

    String chat(KeyedRandom random) {
        String text = one(chat, random) + ", " + one(chat, random);
        return random.nextBoolean(30) ? mention(random) + " " + text : text;
    }

    String language(KeyedRandom random) {
        return one(LANGUAGES, random);
    }

    /** Generates a text in another language. */
    String foreign(String language, KeyedRandom random) {
        List<String> sentences = phrases.words(language);
        String text = capitalized(one(sentences, random)) + ". " + capitalized(one(sentences, random));
        return random.nextBoolean(40) ? text + ", " + one(sentences, random) : text;
    }

    String url(KeyedRandom random) {
        StringBuilder url = new StringBuilder("https://t.co/");
        for (int letter = 0; letter < 10; letter++) {
            url.append(LETTERS.charAt(random.nextBelow(LETTERS.length())));
        }
        return url.toString();
    }

    private String mention(KeyedRandom random) {
        return "@" + one(names, random) + random.nextBelow(100);
    }

    String repost(String original, KeyedRandom random) {
        String text = "RT " + mention(random) + ": " + original;
        if (text.length() <= REPOST_LENGTH) {
            return text;
        }
        // Does not split a surrogate pair, such as an emoji.
        int end = Character.isHighSurrogate(text.charAt(REPOST_LENGTH - 2)) ? REPOST_LENGTH - 2 : REPOST_LENGTH - 1;
        return text.substring(0, end) + "…";
    }

    /** Replaces a word with a term of the topic, or adds a URL. */
    String changed(String original, SampleTopic topic, KeyedRandom random) {
        List<String> words = new ArrayList<>(List.of(original.split(" ", -1)));
        int changed = random.nextBelow(words.size());
        if (random.nextBoolean(40) || !words.get(changed).matches("[a-z]{3,}")) {
            return extended(original, random);
        }
        words.set(changed, topic.term(random));
        return String.join(" ", words);
    }

    String extended(String original, KeyedRandom random) {
        return original + " " + url(random);
    }

    /** {@code heat shield} becomes {@code #HeatShield}. */
    private static String hashtag(String term) {
        StringBuilder tag = new StringBuilder("#");
        for (String word : term.split("[ ']", -1)) {
            tag.append(term.indexOf(' ') < 0 ? word : capitalized(word));
        }
        return tag.toString();
    }

    private static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
