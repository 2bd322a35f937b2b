package org.emrelay.jobs.churn.events;

import java.util.List;
import org.emrelay.jobs.random.KeyedRandom;

/** Generates user profiles: name, location and browser, all independent of churn. */
final class ProfileGenerator {
    private static final long FIRST_ID = 1_000_001;
    private static final int MALE_PERCENT = 52;

    private final List<String> locations = Locations.all();
    private final ZipfDistribution locationsBySize = new ZipfDistribution(locations.size(), 0, 1);
    private final ZipfDistribution agentsByUse = new ZipfDistribution(UserAgents.ALL.size(), 0, 1);

    UserProfile profile(long userNumber, long registeredAt, KeyedRandom random) {
        boolean isMale = random.nextBoolean(MALE_PERCENT);
        List<String> names = isMale ? Vocabulary.MALE_NAMES : Vocabulary.FEMALE_NAMES;
        return new UserProfile(
                String.valueOf(FIRST_ID + userNumber),
                names.get(random.nextBelow(names.size())),
                Vocabulary.SURNAMES.get(random.nextBelow(Vocabulary.SURNAMES.size())),
                isMale ? "M" : "F",
                locations.get(locationsBySize.choose(random)),
                UserAgents.ALL.get(agentsByUse.choose(random)),
                registeredAt);
    }
}
