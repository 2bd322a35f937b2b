package org.emrelay.runner.finding;

import java.util.Optional;

/** Recognizes one kind of finding. Proposes a setting only if its present value explains the measurements. */
interface FindingRule {
    Optional<StepFinding> find(StepFacts facts);
}
