package org.emrelay.runner.finding;

import java.time.Duration;
import java.util.Objects;

/**
 * What a step lost time or resources to, and how to change that.
 *
 * @param headline what happened, as a sentence
 * @param evidence the figures that show it, as a sentence
 * @param stake the most that the setting can save
 * @param shortens whether it makes the step faster; if not, the step needs the equivalent of that time less of its cluster
 */
public record StepFinding(
        FindingKind kind, String headline, String evidence, Duration stake, boolean shortens, ProposedSetting setting) {
    public StepFinding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(headline, "headline");
        Objects.requireNonNull(evidence, "evidence");
        Objects.requireNonNull(stake, "stake");
        Objects.requireNonNull(setting, "setting");
    }

    /** A finding whose setting makes the step faster. */
    static StepFinding ofTime(
            FindingKind kind, String headline, String evidence, double stakeMillis, ProposedSetting setting) {
        return new StepFinding(kind, headline, evidence, Duration.ofMillis(Math.round(stakeMillis)), true, setting);
    }

    /** A finding whose setting makes the step cheaper. */
    static StepFinding ofResources(
            FindingKind kind, String headline, String evidence, double stakeMillis, ProposedSetting setting) {
        return new StepFinding(kind, headline, evidence, Duration.ofMillis(Math.round(stakeMillis)), false, setting);
    }
}
