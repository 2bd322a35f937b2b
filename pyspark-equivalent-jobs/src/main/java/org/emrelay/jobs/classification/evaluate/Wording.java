package org.emrelay.jobs.classification.evaluate;

import java.util.Objects;
import org.emrelay.jobs.learning.Confusion;
import org.emrelay.jobs.page.Figures;

/**
 * What rows and the label 1 are called, so that figures can be told in sentences.
 *
 * @param subject the rows, in the plural: users
 * @param event what those with the label 1 do: leave
 */
record Wording(String subject, String event) {

    Wording {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(event, "event");
    }

    String question() {
        return "Which " + subject + " " + event + "?";
    }

    /** Whom the model names, how many of them rightly, and how many it does not find. */
    String worth(Confusion confusion) {
        if (confusion.truePositives() + confusion.falsePositives() == 0) {
            return "The model names none of the " + Figures.count(confusion.rows()) + " " + subject + ".";
        }
        return "Of 100 " + subject + " that the model names, " + Math.round(100 * confusion.precision()) + " " + event
                + "; of 10 " + subject + " that " + event + ", it finds " + tenths(confusion.recall()) + ".";
    }

    /** The same, counted. */
    String counted(Confusion confusion) {
        long named = confusion.truePositives() + confusion.falsePositives();
        return Figures.count(confusion.positives()) + " of the " + Figures.count(confusion.rows()) + " " + subject + " "
                + event + ". The model names " + Figures.count(named) + ": " + Figures.count(confusion.truePositives())
                + " rightly, " + Figures.count(confusion.falsePositives()) + " in vain. It misses "
                + Figures.count(confusion.falseNegatives()) + ", and rightly leaves alone "
                + Figures.count(confusion.trueNegatives()) + ".";
    }

    private static String tenths(double share) {
        String text = Figures.decimal(10 * share, 1);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
