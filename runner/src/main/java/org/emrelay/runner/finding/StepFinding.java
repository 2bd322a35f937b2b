package org.emrelay.runner.finding;

import java.time.Duration;
import java.util.Objects;

/**
 * What cost a step time or resources, and which setting to change.
 *
 * @param headline what happened, as a sentence
 * @param evidence the figures that show it, as a sentence
 * @param stake the maximum that the setting can save
 * @param shortens whether the setting makes the step faster; if not, it saves resources that cost as much as the cluster in that time
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

    /** Creates a finding whose setting makes the step faster. */
    static StepFinding ofTime(
            FindingKind kind, String headline, String evidence, double stakeMillis, ProposedSetting setting) {
        return new StepFinding(kind, headline, evidence, Duration.ofMillis(Math.round(stakeMillis)), true, setting);
    }

    /** Creates a finding whose setting makes the step cheaper. */
    static StepFinding ofResources(
            FindingKind kind, String headline, String evidence, double stakeMillis, ProposedSetting setting) {
        return new StepFinding(kind, headline, evidence, Duration.ofMillis(Math.round(stakeMillis)), false, setting);
    }
}
