package org.emrelay.jobs.classification.evaluate;

import java.util.Objects;
import org.emrelay.jobs.learning.ConfusionMatrix;
import org.emrelay.pages.NumberFormats;

/**
 * The terms for rows and for the positive class in report sentences.
 *
 * @param subject the plural noun for rows, such as "users"
 * @param event the verb for the positive class, such as "churn"
 */
record Wording(String subject, String event) {

    Wording {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(event, "event");
    }

    String question() {
        return "Which " + subject + " " + event + "?";
    }

    /** Precision and recall in one sentence. */
    String precisionAndRecall(ConfusionMatrix confusion) {
        if (confusion.truePositives() + confusion.falsePositives() == 0) {
            return "The model predicts none of the " + NumberFormats.count(confusion.rows()) + " " + subject
                    + " positive.";
        }
        return "Of the " + subject + " predicted positive, " + NumberFormats.percent(confusion.precision()) + " "
                + event
                + " (precision). Of the " + subject + " that " + event + ", the model finds "
                + NumberFormats.percent(confusion.recall()) + " (recall).";
    }

    /** The confusion matrix in sentences. */
    String confusionCounts(ConfusionMatrix confusion) {
        long predicted = confusion.truePositives() + confusion.falsePositives();
        return NumberFormats.count(confusion.positives()) + " of the " + NumberFormats.count(confusion.rows()) + " "
                + subject + " "
                + event + ". The best model predicts " + NumberFormats.count(predicted) + " positive: "
                + NumberFormats.count(confusion.truePositives()) + " true and "
                + NumberFormats.count(confusion.falsePositives()) + " false positives. Of the others, "
                + NumberFormats.count(confusion.falseNegatives()) + " are false negatives and "
                + NumberFormats.count(confusion.trueNegatives()) + " true negatives.";
    }
}
