package org.emrelay.runner.fakeaws;

import org.emrelay.runner.fakeaws.iam.Caller;
import org.emrelay.runner.fakeaws.wire.ApiRequest;
import org.emrelay.runner.fakeaws.wire.AwsError;

/** Refuses the calls of a restricted caller that its policies do not allow. */
record Authorization(Caller caller, RequiredPermissions permissions) {
    /** Throws {@link AwsError} if the caller lacks a permission. */
    void check(ApiRequest request) {
        if (caller.isRestricted() && request.supported()) {
            caller.denial(request.service(), request.http().signedRegion(), permissions.of(request))
                    .ifPresent(denied -> {
                        throw denied;
                    });
        }
    }
}
