package org.emrelay.runner.platform.aws.client;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/** What to do when a profile gives no credentials: the login command that its kind of profile needs. */
final class ProfileRemedy {
    private ProfileRemedy() {}

    static String of(String profile) {
        Map<String, Profile> profiles;
        try {
            profiles = ProfileFile.defaultProfileFile().profiles();
        } catch (RuntimeException unreadable) {
            return "Correct the AWS configuration file, then retry.";
        }
        Set<String> visited = new HashSet<>();
        Optional<String> name = Optional.of(profile);
        while (name.isPresent() && visited.add(name.get())) {
            Profile found = profiles.get(name.get());
            if (found == null) {
                break;
            }
            if (found.property("login_session").isPresent()) {
                return "Log in, then retry: aws login --profile " + name.get();
            } else if (found.property("sso_session").isPresent()
                    || found.property("sso_start_url").isPresent()) {
                return "Log in, then retry: aws sso login --profile " + name.get();
            } else if (found.property("credential_process").isPresent()) {
                return "Check the credential_process of profile " + name.get() + " in the AWS configuration file.";
            }
            name = found.property("source_profile");
        }
        if (name.isPresent() && !profiles.containsKey(name.get())) {
            return "default".equals(name.get())
                    ? AwsException.Kind.INVALID_CREDENTIALS.remedy()
                    : "Profile " + name.get() + " does not exist. List the profiles with: aws configure list-profiles";
        }
        return AwsException.Kind.INVALID_CREDENTIALS.remedy();
    }
}
