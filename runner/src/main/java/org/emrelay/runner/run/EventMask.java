package org.emrelay.runner.run;

import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.LastOutput;
import org.emrelay.runner.platform.SecretMask;
import org.emrelay.runner.profile.ProfileReading;
import org.emrelay.runner.profile.SparkProfile;
import org.emrelay.runner.run.Event.AttemptDiagnosed;
import org.emrelay.runner.run.Event.AttemptFailed;
import org.emrelay.runner.run.Event.AttemptLost;
import org.emrelay.runner.run.Event.AttemptProfiled;
import org.emrelay.runner.run.Event.AttemptTimedOut;
import org.jspecify.annotations.Nullable;

/** Masks secrets where events quote them. */
record EventMask(SecretMask secrets) {
    Event mask(Event event) {
        if (event instanceof AttemptFailed failed) {
            return new AttemptFailed(failed.time(), failed.attempt(), mask(failed.failure()));
        } else if (event instanceof AttemptTimedOut timedOut) {
            return new AttemptTimedOut(timedOut.time(), timedOut.attempt(), mask(timedOut.failure()));
        } else if (event instanceof AttemptDiagnosed diagnosed) {
            Diagnosis diagnosis = diagnosed.diagnosis();
            return new AttemptDiagnosed(
                    diagnosed.time(),
                    diagnosed.attempt(),
                    new Diagnosis(
                            secrets.mask(diagnosis.cause()),
                            diagnosis.location(),
                            secrets.mask(diagnosis.hint()),
                            mask(diagnosis.lastOutput())));
        } else if (event instanceof AttemptLost lost) {
            return new AttemptLost(lost.time(), lost.attempt(), secrets.mask(lost.reason()));
        }
        return event instanceof AttemptProfiled profiled
                ? new AttemptProfiled(profiled.time(), profiled.attempt(), mask(profiled.profile()))
                : event;
    }

    private ProfileReading mask(ProfileReading reading) {
        SparkProfile profile = reading.profile();
        return new ProfileReading(
                profile == null ? null : profile.withText(secrets::mask), secrets.mask(reading.problem()));
    }

    private Failure mask(Failure failure) {
        return new Failure(
                secrets.mask(failure.reason()),
                secrets.mask(failure.cause()),
                failure.where(),
                secrets.mask(failure.hint()),
                failure.log(),
                mask(failure.lastOutput()));
    }

    private @Nullable LastOutput mask(@Nullable LastOutput output) {
        return output == null
                ? null
                : new LastOutput(
                        output.log(), output.lines().stream().map(secrets::mask).toList());
    }
}
