package org.emrelay.jobs.churn.clean;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserAgentTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 | Windows 7 | Windows
                    "Mozilla/5.0 (Windows NT 6.3; WOW64; rv:31.0)" | Windows 8.1 | Windows
                    Mozilla/5.0 (Windows NT 5.1; rv:31.0) Gecko/20100101 | Windows XP | Windows
                    Mozilla/5.0 (Windows NT 7.5) | Windows NT 7.5 | Windows
                    Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; WOW64; Trident/6.0) | Windows 8 | Windows
                    Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_4) AppleWebKit/537.36 | OS X 10.9 | Macintosh
                    Mozilla/5.0 (Macintosh; Intel Mac OS X 10.9; rv:31.0) Gecko | OS X 10.9 | Macintosh
                    Mozilla/5.0 (Macintosh; Intel Mac OS X 10_10) AppleWebKit | OS X 10.10 | Macintosh
                    Mozilla/5.0 (Macintosh; Intel Mac OS X 13_1) AppleWebKit | macOS 13 | Macintosh
                    Mozilla/5.0 (iPhone; CPU iPhone OS 7_1_2 like Mac OS X) | iOS 7 | iPhone
                    Mozilla/5.0 (Mobile; Windows Phone 8.1; Android 4.0) like iPhone OS 7_0_3 | Windows Phone | Windows Phone
                    Mozilla/5.0 (iPad; CPU OS 8_0 like Mac OS X) | iOS 8 | iPad
                    Mozilla/5.0 (X11; Linux x86_64) Ubuntu Chromium/36.0 | Linux | Linux
                    Mozilla/5.0 (Linux; Android 4.4.2; Nexus 5) | Android 4 | Android
                    Mozilla/5.0 (X11; CrOS x86_64 5978.81.0) | Chrome OS | Chromebook
                    curl/7.35.0 | other | other
                    """)
    void parsesSystemAndPlatform(String text, String system, String platform) {
        assertThat(UserAgent.of(text)).isEqualTo(new UserAgent(system, platform));
    }
}
