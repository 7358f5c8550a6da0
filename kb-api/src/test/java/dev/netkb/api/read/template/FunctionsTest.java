package dev.netkb.api.read.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Unknown;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Function by function: the examples of Microsoft's pages and their neighbours, then what has no value and why. */
class FunctionsTest {

    private static final String TEXTS = """
            base64 ['one, two, three'] => 'b25lLCB0d28sIHRocmVl'
            base64 ['é'] => 'w6k='
            base64ToString ['b25lLCB0d28sIHRocmVl'] => 'one, two, three'
            base64ToJson ['eydvbmUnOiAnYScsICd0d28nOiAnYid9'] => {'one': 'a', 'two': 'b'}
            dataUri ['Hello'] => 'data:text/plain;charset=utf8;base64,SGVsbG8='
            dataUriToString ['data:;base64,SGVsbG8sIFdvcmxkIQ=='] => 'Hello, World!'
            dataUriToString ['data:text/plain;charset=utf8;base64,SGVsbG8='] => 'Hello'
            dataUriToString ['data:,a%20b'] => 'a b'
            endsWith ['abcdef', 'ef'] => true
            endsWith ['abcdef', 'F'] => true
            endsWith ['abcdef', 'e'] => false
            endsWith ['f', 'abcdef'] => false
            startsWith ['abcdef', 'ab'] => true
            startsWith ['abcdef', 'A'] => true
            startsWith ['abcdef', 'e'] => false
            startsWith ['', ''] => true
            format ['{0}, {1}. Formatted number: {2:N0}', 'Hello', 'User', 8175133] => 'Hello, User. Formatted number: 8,175,133'
            format ['{0}-{1}-{0}', 'x', 2] => 'x-2-x'
            format ['{{0}} {0}', 'a'] => '{0} a'
            format ['{{{0}}}', 'a'] => '{a}'
            format ['nothing'] => 'nothing'
            format ['{0:D3}', 7] => '007'
            format ['{0:d3}', -7] => '-007'
            format ['{0:000}', 7] => '007'
            format ['{0:00.0}', 7.25] => '07.3'
            format ['{0:N2}', 1234.5] => '1,234.50'
            format ['{0:F1}|{0:F0}', 2.25] => '2.3|2'
            format ['{0:X}|{0:x4}', 255] => 'FF|00ff'
            format ['{0:x}', -1] => 'ffffffffffffffff'
            format ['{0:G}', 12] => '12'
            format ['{0,5}|{0,-5}|{0,1}', 'abc'] => '  abc|abc  |abc'
            format ['{0,6:N1}', 1.25] => '   1.3'
            format ['{0}', true] => 'True'
            format ['{0:N0}', 'text'] => 'text'
            guid ['abc'] => 'a9b46cc2-65a6-5559-9f14-7091827ab32f'
            guid ['hello', 'world'] => 'a5b868f8-11fe-567a-ace0-e77cc87f104e'
            guid ['a', 1] => 'fe9c1a65-5133-5dee-a82c-d33663caf322'
            join [['one', 'two', 'three'], ','] => 'one,two,three'
            join [[], ','] => ''
            json ['{ "a": "b" }'] => {'a': 'b'}
            json ['null'] => null
            json ['"test"'] => 'test'
            json ['true'] => true
            json ['3'] => 3
            json ['[[1, 2, 3 ]'] => !needs JSON
            json ['[1, 2, 3 ]'] => [1, 2, 3]
            newGuid [] => !another value in each deployment
            padLeft ['123', 10, '0'] => '0000000123'
            padLeft ['123', 5] => '  123'
            padLeft [7, 3, '0'] => '007'
            padLeft ['1234', 3, '0'] => '1234'
            replace ['123-123-1234', '-', ''] => '1231231234'
            replace ['123-123-1234', '1234', 'xxxx'] => '123-123-xxxx'
            replace ['aAa', 'A', 'b'] => 'aba'
            split ['one,two,three', ','] => ['one', 'two', 'three']
            split ['one;two,three', [',', ';']] => ['one', 'two', 'three']
            split ['a--b-c', ['--', '-']] => ['a', 'b', 'c']
            split [',a,', ','] => ['', 'a', '']
            split ['abc', ''] => ['abc']
            split ['', ','] => ['']
            string [{'valueA': 10, 'valueB': 'Example Text'}] => '{"valueA":10,"valueB":"Example Text"}'
            string [['a', 'b', 'c']] => '["a","b","c"]'
            string [['say "x"']] => '["say \\\\"x\\\\""]'
            string [5] => '5'
            string ['a'] => 'a'
            string [true] => 'True'
            string [[true, null]] => '[true,null]'
            substring ['one two three', 4, 3] => 'two'
            substring ['This is a test', 10] => 'test'
            substring ['abc', 3] => ''
            substring ['abc', 1, 0] => ''
            toLower ['One Two Three'] => 'one two three'
            toUpper ['One Two Three'] => 'ONE TWO THREE'
            toUpper ['straße'] => 'STRAßE'
            trim ['    one two three   '] => 'one two three'
            trim ['  '] => ''
            uniqueString ['a', 'b'] => 'rrj5krgpvzvmg'
            uri ['http://contoso.com/resources/', 'nested/azuredeploy.json'] => 'http://contoso.com/resources/nested/azuredeploy.json'
            uri ['http://contoso.org/firstpath', 'myscript.sh'] => 'http://contoso.org/myscript.sh'
            uri ['http://contoso.org/firstpath/', 'myscript.sh'] => 'http://contoso.org/firstpath/myscript.sh'
            uri ['http://contoso.org/firstpath/azuredeploy.json', 'myscript.sh'] => 'http://contoso.org/firstpath/myscript.sh'
            uri ['http://contoso.org/firstpath/azuredeploy.json/', 'myscript.sh'] => 'http://contoso.org/firstpath/azuredeploy.json/myscript.sh'
            uri ['http://contoso.org', 'myscript.sh'] => 'http://contoso.org/myscript.sh'
            uri ['http://a/b/c/d;p?q', '../../g'] => 'http://a/g'
            uri ['http://a/b/c/d;p?q', '../../../g'] => 'http://a/g'
            uri ['http://a/b/c/d;p?q', './g/.'] => 'http://a/b/c/g/'
            uri ['http://a/b/c/d;p?q', 'g;x=1/../y'] => 'http://a/b/c/y'
            uri ['http://a/b/c/d;p?q', '..'] => 'http://a/b/'
            uri ['http://a/b/c/d;p?q', '/g'] => 'http://a/g'
            uri ['http://a/b/c/d;p?q', '//g'] => 'http://g'
            uri ['http://a/b/c/d;p?q', './?y'] => 'http://a/b/c/?y'
            uri ['http://a/b/c/d;p?q', '#s'] => 'http://a/b/c/d;p?q#s'
            uri ['http://a/b/c/d;p?q', 'g?y#s'] => 'http://a/b/c/g?y#s'
            uri ['http://a/b/c/d;p?q', ''] => 'http://a/b/c/d;p?q'
            uri ['http://a/b/c/d;p?q', 'g:h'] => 'g:h'
            uriComponent ['http://contoso.com/resources/nested/azuredeploy.json'] => 'http%3A%2F%2Fcontoso.com%2Fresources%2Fnested%2Fazuredeploy.json'
            uriComponent ['a b~é'] => 'a%20b~%C3%A9'
            uriComponentToString ['http%3A%2F%2Fcontoso.com%2Fresources%2Fnested%2Fazuredeploy.json'] => 'http://contoso.com/resources/nested/azuredeploy.json'
            uriComponentToString ['%c3%a9 100% %zz %4'] => 'é 100% %zz %4'
            """;

    private static final String LISTS = """
            array [1] => [1]
            array ['efgh'] => ['efgh']
            array [{'a': 'b', 'c': 'd'}] => [{'a': 'b', 'c': 'd'}]
            array [['a']] => ['a']
            concat ['prefix', '-', 'suffix'] => 'prefix-suffix'
            concat ['its', '-', 5] => 'its-5'
            concat [['1-1', '1-2', '1-3'], ['2-1', '2-2', '2-3']] => ['1-1', '1-2', '1-3', '2-1', '2-2', '2-3']
            concat [[], []] => []
            concat [] => ''
            contains ['OneTwoThree', 'e'] => true
            contains ['OneTwoThree', 'z'] => false
            contains ['OneTwoThree', 'one'] => false
            contains ['a1b', 1] => true
            contains [{'one': 'a', 'two': 'b', 'three': 'c'}, 'one'] => true
            contains [{'one': 'a', 'two': 'b', 'three': 'c'}, 'ONE'] => true
            contains [{'one': 'a', 'two': 'b', 'three': 'c'}, 'a'] => false
            contains [['one', 'two', 'three'], 'three'] => true
            contains [['one', 'two', 'three'], 'Three'] => false
            contains [['one', 'two', 'three'], 'four'] => false
            contains [[1, 2], 2] => true
            contains [[1, 2], '2'] => false
            contains [[{'a': 1}], {'a': 1}] => true
            createArray ['a', 'b', 'c'] => ['a', 'b', 'c']
            createArray [1, 2, 3] => [1, 2, 3]
            createArray [['one', 'two', 'three']] => [['one', 'two', 'three']]
            createArray [] => []
            empty [[]] => true
            empty [{}] => true
            empty [''] => true
            empty [null] => true
            empty ['a'] => false
            empty [[0]] => false
            empty [{'a': 0}] => false
            first [['one', 'two', 'three']] => 'one'
            first ['One Two Three'] => 'O'
            first [[]] => null
            first [''] => ''
            last [['one', 'two', 'three']] => 'three'
            last ['One Two Three'] => 'e'
            last [[]] => null
            flatten [[['one', 'two'], ['three'], [['four']]]] => ['one', 'two', 'three', ['four']]
            indexFromEnd [['one', 'two', 'three'], 1] => 'three'
            indexFromEnd [['one', 'two', 'three'], 3] => 'one'
            indexOf ['test', 't'] => 0
            indexOf ['abcdef', 'CD'] => 2
            indexOf ['abcdef', 'z'] => -1
            indexOf [['one', 'two', 'three', 'two'], 'two'] => 1
            indexOf [['one', 'two'], 'Two'] => -1
            indexOf [[[1], [2, 3], [2, 3]], [2, 3]] => 1
            lastIndexOf ['test', 't'] => 3
            lastIndexOf ['abcdef', 'AB'] => 0
            lastIndexOf ['abcdef', 'z'] => -1
            lastIndexOf [['one', 'two', 'three', 'two'], 'two'] => 3
            intersection [['one', 'two', 'three'], ['two', 'three']] => ['two', 'three']
            intersection [['b', 'a', 'b'], ['a', 'b'], ['b', 'a']] => ['b', 'a']
            intersection [{'one': 'a', 'two': 'b', 'three': 'c'}, {'one': 'a', 'two': 'z', 'three': 'c'}] => {'one': 'a', 'three': 'c'}
            length [['one', 'two', 'three']] => 3
            length ['One Two Three'] => 13
            length [{'propA': 'one', 'propB': 'two', 'propC': 'three', 'propD': {'propD-1': 'sub', 'propD-2': 'sub'}}] => 4
            range [5, 3] => [5, 6, 7]
            range [-1, 2] => [-1, 0]
            range [1, 0] => []
            range [2147483646, 1] => [2147483646]
            skip [['one', 'two', 'three'], 2] => ['three']
            skip ['one two three', 4] => 'two three'
            skip ['one', -1] => 'one'
            skip [['one'], 0] => ['one']
            skip [['one'], 5] => []
            skip ['one', 5] => ''
            take [['one', 'two', 'three'], 2] => ['one', 'two']
            take ['one two three', 2] => 'on'
            take ['one', -1] => ''
            take [['one'], 0] => []
            take [['one'], 5] => ['one']
            take ['one', 9999999999] => 'one'
            union [{'one': 'a', 'two': 'b', 'three': 'c1'}, {'three': 'c2', 'four': 'd', 'five': 'e'}] => {'one': 'a', 'two': 'b', 'three': 'c2', 'four': 'd', 'five': 'e'}
            union [['one', 'two', 'three'], ['three', 'four']] => ['one', 'two', 'three', 'four']
            union [{'property': {'one': 'a', 'two': 'b', 'three': 'c1'}, 'nestedArray': [1, 2]}, {'property': {'three': 'c2', 'four': 'd', 'five': 'e'}, 'nestedArray': [3, 4]}] => {'property': {'one': 'a', 'two': 'b', 'three': 'c2', 'four': 'd', 'five': 'e'}, 'nestedArray': [3, 4]}
            union [[['one', 'two'], ['three']], [['three'], ['four', 'two']]] => [['one', 'two'], ['three'], ['four', 'two']]
            union [{'a': 1}, {'A': 2}] => {'a': 2}
            union [{'a': {'b': 1}}, {'a': 2}] => {'a': 2}
            """;

    private static final String OBJECTS = """
            createObject ['intProp', 1, 'stringProp', 'abc', 'boolProp', true, 'arrayProp', ['a', 'b', 'c'], 'objectProp', {'key1': 'value1'}] => {'intProp': 1, 'stringProp': 'abc', 'boolProp': true, 'arrayProp': ['a', 'b', 'c'], 'objectProp': {'key1': 'value1'}}
            createObject [] => {}
            items [{'item002': {'enabled': false}, 'item001': {'enabled': true}}] => [{'key': 'item001', 'value': {'enabled': true}}, {'key': 'item002', 'value': {'enabled': false}}]
            items [{}] => []
            null [] => null
            objectKeys [{'a': 1, 'b': 2}] => ['a', 'b']
            objectKeys [{'b': 2, 'A': 1}] => ['A', 'b']
            shallowMerge [[{'foo': 'foo'}, {'bar': 'bar'}]] => {'foo': 'foo', 'bar': 'bar'}
            shallowMerge [[{'a': {'b': 1}}, {'a': {'c': 2}}]] => {'a': {'c': 2}}
            shallowMerge [[]] => {}
            tryGet [{'a': {'b': [1, 2]}}, 'a'] => {'b': [1, 2]}
            tryGet [{'a': {'b': [1, 2]}}, 'A', 'b', 1] => 2
            tryGet [{'a': {'b': [1, 2]}}, 'x'] => null
            tryGet [{'a': {'b': [1, 2]}}, 'x', 'b', 1] => null
            tryGet [['one', 'two'], 1] => 'two'
            tryGet [['one', 'two'], 2] => null
            tryGet [['one', 'two'], -1] => null
            tryGet [null, 'a'] => null
            tryGet [{'a': [1, 2]}, 'a', {'value': 1, 'fromEnd': true}] => 2
            tryGet [{'a': [1, 2]}, 'a', {'value': 1}] => 2
            tryIndexFromEnd [['one', 'two', 'three'], 1] => 'three'
            tryIndexFromEnd [['one', 'two', 'three'], 3] => 'one'
            tryIndexFromEnd [['one', 'two', 'three'], 4] => null
            tryIndexFromEnd [['one', 'two', 'three'], -1] => null
            tryIndexFromEnd [null, 1] => null
            tryIndexFromEnd [[{'a': 'b'}], 1, 'a'] => 'b'
            """;

    private static final String NUMBERS = """
            add [5, 3] => 8
            add [9223372036854775806, 1] => 9223372036854775807
            sub [7, 3] => 4
            sub [3, 7] => -4
            mul [5, 3] => 15
            div [8, 3] => 2
            div [-8, 3] => -2
            mod [7, 3] => 1
            mod [-7, 3] => -1
            int ['4'] => 4
            int [' 04'] => 4
            int [4] => 4
            float ['3.0'] => 3.0
            float [3] => 3.0
            float ['-1.5e2'] => -150.0
            min [[0, 3, 2, 5, 4]] => 0
            min [0, 3, 2, 5, 4] => 0
            max [[0, 3, 2, 5, 4]] => 5
            max [0, 3, 2, 5, 4] => 5
            max [[6, 4], 8, -9] => 8
            """;

    private static final String LOGIC = """
            and [true, true] => true
            and [true, false] => false
            and [true, true, false] => false
            or [true, false] => true
            or [false, false] => false
            not [true] => false
            not [false] => true
            bool ['true'] => true
            bool ['false'] => false
            bool ['True'] => true
            bool [1] => true
            bool [0] => false
            bool [true] => true
            true [] => true
            false [] => false
            """;

    private static final String COMPARISONS = """
            coalesce [null, null, 'default'] => 'default'
            coalesce [null, null, 1] => 1
            coalesce [null, '', 1] => ''
            coalesce [null, null, {'first': 'default'}] => {'first': 'default'}
            coalesce [null, null] => null
            equals [1, 1] => true
            equals [1, 2] => false
            equals [1, 1.0] => true
            equals [1, '1'] => false
            equals ['a', 'a'] => true
            equals ['a', 'A'] => false
            equals [['a', 'b'], ['a', 'b']] => true
            equals [['a', 'b'], ['b', 'a']] => false
            equals [{'a': 'b'}, {'a': 'b'}] => true
            equals [{'a': 1, 'b': 2}, {'B': 2.0, 'A': 1}] => true
            equals [{'a': 1}, {'a': 1, 'b': 2}] => false
            equals [null, null] => true
            equals [null, ''] => false
            greater [1, 2] => false
            greater ['A', 'a'] => true
            greater ['b', 'A'] => true
            greater [10, 9.5] => true
            greaterOrEquals [1, 2] => false
            greaterOrEquals ['A', 'a'] => true
            greaterOrEquals [2, 2] => true
            less [1, 2] => true
            less ['A', 'a'] => false
            less ['a1', 'aa'] => true
            less ['10', '9'] => true
            less ['ab', 'ab-c'] => true
            lessOrEquals [1, 2] => true
            lessOrEquals ['A', 'a'] => false
            lessOrEquals ['a-b', 'a-b'] => true
            """;

    private static final String DATES = """
            dateTimeAdd ['2020-04-07 14:53:14Z', 'P3Y'] => '2023-04-07 14:53:14Z'
            dateTimeAdd ['2020-04-07 14:53:14Z', '-P9D'] => '2020-03-29 14:53:14Z'
            dateTimeAdd ['2020-04-07T14:53:14Z', 'PT1H'] => '2020-04-07T15:53:14Z'
            dateTimeAdd ['2020-04-07 14:53:14Z', 'PT1H', 'G'] => '04/07/2020 15:53:14'
            dateTimeAdd ['2020-04-07 14:53:14Z', 'P3Y', 'M/d/yyyy h:mm:ss tt'] => '4/7/2023 2:53:14 PM'
            dateTimeAdd ['20200407T145314Z', 'P1Y2M1W3DT1H1M1.5S'] => '20210617T155415Z'
            dateTimeAdd ['2020-01-31', 'P1M'] => '2020-02-29'
            dateTimeAdd ['2020-04-07T14:53:14.25+02:00', 'PT0.5S'] => '2020-04-07T14:53:14.75+02:00'
            dateTimeAdd ['2020-04-07T14:53:14+02:00', 'PT0S', 'u'] => '2020-04-07 12:53:14Z'
            dateTimeAdd ['2020-04-07T04:03:02Z', 'P0D', 'ddd dd MMM yy H:m:s.ff \\'at\\' K'] => 'Tue 07 Apr 20 4:3:2.00 at Z'
            dateTimeAdd ['2020-04-07T04:03:02Z', 'P0D', 'o'] => '2020-04-07T04:03:02.0000000Z'
            dateTimeFromEpoch [1586271194] => '2020-04-07T14:53:14Z'
            dateTimeFromEpoch [1683040573] => '2023-05-02T15:16:13Z'
            dateTimeFromEpoch [-1] => '1969-12-31T23:59:59Z'
            dateTimeToEpoch ['2020-04-07T14:53:14Z'] => 1586271194
            dateTimeToEpoch ['2023-05-02T15:16:13Z'] => 1683040573
            dateTimeToEpoch ['1970-01-01T01:00:00+01:00'] => 0
            utcNow [] => '?{utcNow()}'
            utcNow ['u'] => '?{utcNow(\\'u\\')}'
            """;

    private static final String BLOCKS = """
            parseCidr ['10.144.0.0/20'] => {'network': '10.144.0.0', 'netmask': '255.255.240.0', 'broadcast': '10.144.15.255', 'firstUsable': '10.144.0.1', 'lastUsable': '10.144.15.254', 'cidr': 20}
            parseCidr ['fdad:3236:5555::/48'] => {'network': 'fdad:3236:5555::', 'netmask': 'ffff:ffff:ffff::', 'firstUsable': 'fdad:3236:5555::', 'lastUsable': 'fdad:3236:5555:ffff:ffff:ffff:ffff:ffff', 'cidr': 48}
            parseCidr ['10.144.1.1/20'] => {'network': '10.144.0.0', 'netmask': '255.255.240.0', 'broadcast': '10.144.15.255', 'firstUsable': '10.144.0.1', 'lastUsable': '10.144.15.254', 'cidr': 20}
            parseCidr ['10.144.1.1/32'] => {'network': '10.144.1.1', 'netmask': '255.255.255.255', 'broadcast': '10.144.1.1', 'firstUsable': '10.144.1.1', 'lastUsable': '10.144.1.1', 'cidr': 32}
            parseCidr ['0.0.0.0/0'] => {'network': '0.0.0.0', 'netmask': '0.0.0.0', 'broadcast': '255.255.255.255', 'firstUsable': '0.0.0.1', 'lastUsable': '255.255.255.254', 'cidr': 0}
            cidrSubnet ['10.144.0.0/20', 24, 0] => '10.144.0.0/24'
            cidrSubnet ['10.144.0.0/20', 24, 4] => '10.144.4.0/24'
            cidrSubnet ['10.144.0.0/20', 24, 15] => '10.144.15.0/24'
            cidrSubnet ['10.144.0.0/20', 20, 0] => '10.144.0.0/20'
            cidrSubnet ['10.144.1.1/32', 32, 0] => '10.144.1.1/32'
            cidrSubnet ['fdad:3236:5555::/48', 52, 0] => 'fdad:3236:5555::/52'
            cidrSubnet ['fdad:3236:5555::/48', 52, 4] => 'fdad:3236:5555:4000::/52'
            cidrHost ['10.144.3.0/24', 0] => '10.144.3.1'
            cidrHost ['10.144.3.0/24', 4] => '10.144.3.5'
            cidrHost ['10.144.3.0/24', 253] => '10.144.3.254'
            cidrHost ['fdad:3236:5555:3000::/52', 0] => 'fdad:3236:5555:3000::1'
            cidrHost ['fdad:3236:5555:3000::/52', 4] => 'fdad:3236:5555:3000::5'
            """;

    private static final String WRONG = """
            add [9223372036854775807, 1] => !add() goes beyond whole numbers of 64 bits
            add [1] => !add() takes 2 arguments, not 1
            add ['1', 2] => !add() needs a whole number where it has a text
            add [1.5, 2] => !needs a whole number, not '1.5'
            and [1, true] => !needs true or false where it has a number
            array [] => !array() takes 1 argument, not 0
            base64 [1] => !needs a text where it has a number
            base64ToJson ['e3t7'] => !needs JSON, not '{{{'
            base64ToString ['***'] => !needs a text in base64, not '***'
            base64ToString ['/w=='] => !not text in UTF-8
            bool ['yes'] => !needs true or false
            cidrHost ['10.0.0.0/30', 2] => !beyond the usable addresses of 10.0.0.0/30
            cidrHost ['10.0.0.0/31', 0] => !beyond the usable addresses
            cidrHost ['10.0.0.0/24', -1] => !beyond the usable addresses
            cidrHost ['fd::/127', 1] => !beyond the usable addresses of fd::/127
            cidrSubnet ['10.0.0.0/24', 26, 4] => !has 4 blocks of /26, not number 4
            cidrSubnet ['10.0.0.0/24', 23, 0] => !cannot divide 10.0.0.0/24 into blocks of /23
            cidrSubnet ['10.0.0.0/24', 33, 0] => !cannot divide
            coalesce [] => !takes 1 or more arguments, not 0
            concat [['a'], 'b'] => !needs a list where it has a text
            concat ['a', null] => !where it has null
            contains [1, 1] => !contains() needs a text where it has a number
            createArray ['x'] => ['x']
            createObject ['a'] => !has a key without a value
            createObject ['a', 1, 'A', 2] => !has the key 'A' twice
            createObject [1, 1] => !needs a text where it has a number
            dataUri [1] => !needs a text
            dataUriToString ['Hello'] => !needs a data URI, not 'Hello'
            dateTimeAdd ['yesterday', 'P1D'] => !needs a date in ISO 8601, not 'yesterday'
            dateTimeAdd ['2020-02-30', 'P1D'] => !needs a date that exists
            dateTimeAdd ['2020-02-20', '1 day'] => !needs a duration in ISO 8601, not '1 day'
            dateTimeAdd ['2020-02-20', 'P'] => !needs a duration
            dateTimeAdd ['2020-02-20', 'P9000Y'] => !leaves the years 1 to 9999
            dateTimeAdd ['2020-02-20', 'P1D', 'Q'] => !does not know the format 'Q'
            dateTimeFromEpoch [99999999999999] => !leaves the years
            dateTimeToEpoch [1] => !needs a text
            div [1, 0] => !div() divides by 0
            div [-9223372036854775808, -1] => !goes beyond whole numbers of 64 bits
            empty [1] => !needs a list, an object or a text where it has a number
            endsWith ['a', 1] => !needs a text
            equals [1] => !takes 2 arguments, not 1
            false [1] => !takes 0 arguments, not 1
            first [1] => !needs a list or a text
            flatten [[1]] => !needs a list where it has a number
            float ['one'] => !needs a number, not 'one'
            float ['NaN'] => !needs a number
            format ['{0}'] => !has no argument for {0}
            format ['{0', 'a'] => !a brace that belongs to nothing
            format ['{0:Q}', 1] => !does not know the format 'Q'
            format ['{0}', null] => !where it has null
            greater [1, 'a'] => !needs two numbers or two texts where it has a number and a text
            greaterOrEquals [true, false] => !needs two numbers or two texts
            guid [null] => !where it has null
            indexFromEnd [['a'], 2] => !has no item 2 from the end
            indexOf [1, 1] => !needs a list or a text
            int ['one'] => !needs a whole number, not 'one'
            int ['9223372036854775808'] => !goes beyond whole numbers of 64 bits
            intersection ['a', 'b'] => !needs a list where it has a text
            intersection [{'a': 1}, ['a']] => !needs an object where it has a list
            items [[]] => !needs an object where it has a list
            join ['a', ','] => !needs a list
            join [[{}], ','] => !where it has an object
            json ['{'] => !needs JSON, not '{'
            json ['1 2'] => !needs JSON
            json ['{\\"a\\": 1, \\"a\\": 2}'] => !needs JSON
            last [{}] => !needs a list or a text where it has an object
            lastIndexOf ['a', 1] => !needs a text
            length [1] => !needs a list, an object or a text
            less ['a-b', 'a_b'] => !does not know the order of 'a-b' and 'a_b'
            lessOrEquals ['ä', 'z'] => !does not know the order
            max [[]] => !has a list without items
            min ['one'] => !needs a whole number where it has a text
            mod [1, 0] => !divides by 0
            mul [9223372036854775807, 2] => !goes beyond whole numbers of 64 bits
            newGuid [1] => !takes 0 arguments
            not [1] => !needs true or false
            null [1] => !takes 0 arguments
            objectKeys [1] => !needs an object
            or ['a', true] => !needs true or false
            padLeft ['a', 5, 'ab'] => !needs one character to pad with, not 'ab'
            padLeft ['a', -1] => !needs a length, not -1
            padLeft ['a', 1000000000] => !goes beyond 100000 characters
            parseCidr ['10.0.0.0'] => !needs a prefix length
            parseCidr ['10.0.0.0/33'] => !needs an address block, not '10.0.0.0/33'
            parseCidr ['1000.144.0.0/20'] => !needs an address block
            range [0, 10001] => !makes 0 to 10000 numbers, not 10001
            range [0, -1] => !makes 0 to 10000 numbers
            range [2147483647, 1] => !beyond whole numbers of 32 bits
            replace ['a', '', 'b'] => !cannot replace an empty text
            shallowMerge [{'a': 1}] => !needs a list
            shallowMerge [[1]] => !needs an object where it has a number
            skip ['a', '1'] => !needs a whole number
            split [1, ','] => !needs a text
            split ['a', [1]] => !needs a text where it has a number
            startsWith [['a'], 'a'] => !needs a text where it has a list
            string [] => !takes 1 argument
            string [null] => !where it has null
            sub [-9223372036854775808, 1] => !goes beyond
            substring ['1234567890', 0, 11] => !takes 11 characters from 0 on, beyond the end of '1234567890'
            substring ['abc', 4] => !starts at 4, which is outside of 'abc'
            substring ['abc', -1] => !starts at -1
            substring ['abc', 0, -1] => !takes -1 characters
            take [1, 1] => !needs a list or a text
            toLower [1] => !needs a text
            toUpper [['a']] => !needs a text
            trim [2] => !needs a text
            true ['true'] => !takes 0 arguments
            tryGet ['one', 'a'] => !needs an object or a list where it has a text
            tryGet [{'a': {}}, 'a', 'b'] => !finds nothing at '"b"'
            tryGet [{'a': 1}, 1] => !needs a text where it has a number
            tryIndexFromEnd [['a'], '1'] => !needs a whole number where it has a text
            union [1] => !needs a list where it has a number
            union [{'a': 1}, null] => !needs an object where it has null
            uniqueString [{}] => !where it has an object
            uri ['firstpath', 'a'] => !needs a whole URI to start from, not 'firstpath'
            uriComponent [1] => !needs a text
            uriComponentToString ['%ff'] => !not text in UTF-8
            utcNow [1] => !needs a text
            """;

    private static final String UNKNOWN = """
            and [false, '?'] => false
            and ['?', false] => false
            and [true, '?'] => '?'
            or [true, '?'] => true
            or ['?', true] => true
            or [false, '?'] => '?'
            not ['?'] => '?'
            coalesce ['a', '?'] => 'a'
            coalesce [null, '?', 'a'] => '?'
            coalesce ['?x', 'a'] => '?'
            coalesce [null, '?x'] => '?x'
            contains [['a', '?'], 'a'] => true
            contains [['a', '?'], 'b'] => '?'
            contains [['a', '?*'], 'b'] => '?'
            contains [[], '?'] => false
            contains [['a'], '?'] => '?'
            contains [[{'a': '?'}], {'a': 1}] => '?'
            contains [[{'a': '?'}], {'b': 1}] => false
            contains [[{'a': '?'}], 'a'] => false
            contains [['?x'], '?x'] => true
            contains [{'a': 1, '?*': 0}, 'a'] => true
            contains [{'a': 1, '?*': 0}, 'b'] => '?'
            contains [{'a': '?'}, 'a'] => true
            createArray ['?', '?x', 'a'] => ['?', '?x', 'a']
            createArray ['?*'] => ['?']
            createObject ['a', '?'] => {'a': '?'}
            createObject ['?', 'a', 'b', 1] => {'b': 1, '?*': 0}
            concat [['a'], '?', ['b']] => ['a', '?*', 'b']
            concat ['?', '?', ['b']] => ['?*', 'b']
            concat ['?', '?'] => '?'
            concat ['a', '?'] => '?'
            concat ['a', '?x'] => '?ax'
            concat ['?x', '?'] => '?'
            concat [['?'], ['?*']] => ['?', '?*']
            format ['{0}-a', '?x'] => '?x-a'
            toUpper ['?x'] => '?X'
            toUpper ['?'] => '?'
            guid ['?'] => '?'
            trim ['?x'] => '?{trim(x)}'
            take ['?x', 3] => '?{take(x,3)}'
            replace ['?x', '-', ''] => '?{replace(x,\\'-\\',\\'\\')}'
            replace ['?x', '/', ''] => '?'
            indexFromEnd ['?x', '?'] => '?'
            length ['?x'] => '?{length(x)}'
            empty [['?']] => false
            empty [['?*']] => '?'
            empty [['?*', 'a']] => false
            empty [{'?*': 0}] => '?'
            empty [{'a': '?', '?*': 0}] => false
            length [['?', 'a']] => 2
            length [['?*', 'a']] => '?'
            length [{'a': '?'}] => 1
            length [{'a': 1, '?*': 0}] => '?'
            first [['a', '?*']] => 'a'
            first [['?*', 'a']] => '?'
            first [['?', 'a']] => '?'
            last [['?*', 'a']] => 'a'
            last [['a', '?*']] => '?'
            take [['a', 'b', '?*', 'c'], 2] => ['a', 'b']
            take [['a', '?*', 'c'], 2] => ['a', '?*']
            take [['?*', 'b', 'c'], 2] => ['?*']
            skip [['a', 'b', '?*', 'c'], 2] => ['?*', 'c']
            skip [['a', '?*', 'b', 'c'], 2] => ['?*', 'c']
            skip [['?*', 'a', '?*', 'b'], 1] => ['?*']
            skip [['?', 'a'], 1] => ['a']
            indexFromEnd [['?*', 'a', 'b'], 2] => 'a'
            indexFromEnd [['a', '?*', 'b'], 2] => '?'
            indexOf [['a', '?*', 'b'], 'a'] => 0
            indexOf [['a', '?*', 'b'], 'b'] => '?'
            indexOf [['?', 'b'], 'b'] => '?'
            indexOf [['a', '?'], 'b'] => '?'
            lastIndexOf [['?', 'b'], 'b'] => 1
            lastIndexOf [['?*', 'b'], 'b'] => '?'
            union [['a'], '?'] => ['a', '?*']
            union ['?', ['a']] => ['?*', 'a', '?*']
            union [['a', '?'], ['a', 'b']] => ['a', '?*', 'b', '?*']
            union [['?x'], ['?x']] => ['?*']
            union [[{'n': 'a', 'v': '?'}], [{'n': 'b', 'v': '?'}]] => [{'n': 'a', 'v': '?'}, {'n': 'b', 'v': '?'}]
            union ['?', '?'] => '?'
            union ['?', {'a': 1}] => {'a': 1, '?*': 0}
            union [{'a': 1, 'b': 2}, '?', {'b': 3}] => {'a': '?', 'b': 3, '?*': 0}
            union ['?', {'a': {'b': 1}}] => {'a': {'b': 1, '?*': 0}, '?*': 0}
            union [{'a': {'b': 1}}, {'a': '?'}] => {'a': '?'}
            union [{'a': '?'}, {'a': {'b': 1}}] => {'a': {'b': 1, '?*': 0}}
            union [{'a': 1, 'c': 2}, {'b': 1, 'c': 3, '?*': 0}] => {'a': '?', 'c': 3, 'b': 1, '?*': 0}
            shallowMerge [[{'a': 1}, '?', {'b': {'c': 1}}]] => {'a': '?', 'b': {'c': 1}, '?*': 0}
            shallowMerge ['?'] => '?'
            intersection [['a', 'b'], '?'] => ['?*']
            intersection ['?', ['a']] => ['?*']
            intersection [['a', 'b', '?'], ['a', 'c']] => ['a', '?*']
            intersection [['a', 'b'], ['a', '?']] => ['a', '?*']
            intersection [{'a': 1, 'b': 2, 'c': 3}, {'a': 1, 'b': '?'}] => {'a': 1, 'b': '?'}
            intersection [{'a': 1}, '?'] => {'a': '?'}
            intersection ['?', {'a': 1}] => {'?*': 0}
            flatten [[['a'], '?', ['b']]] => ['a', '?*', 'b']
            equals ['?', 1] => '?'
            equals ['?x', '?x'] => true
            equals ['?x', '?y'] => '?'
            equals [{'a': 1, 'b': '?'}, {'a': 2, 'b': 1}] => false
            equals [{'a': 1, 'b': '?'}, {'a': 1, 'b': 1}] => '?'
            equals [{'a': 1, 'b': '?'}, {'a': 1}] => false
            equals [{'a': 1, '?*': 0}, {'a': 1}] => '?'
            equals [{'a': 1, '?*': 0}, {'b': 1}] => false
            equals [['a', '?'], ['a', 'b', 'c']] => false
            equals [['a', '?*'], ['a', 'b', 'c']] => '?'
            equals [['a', '?*'], ['b']] => false
            equals [['a', 'b', '?*'], ['a']] => false
            equals [[], '?'] => '?'
            min [[1, '?']] => '?'
            max [1, '?'] => '?'
            join [['a', '?'], ','] => '?'
            string [{'a': '?'}] => '?'
            tryGet ['?', 'a'] => '?'
            tryGet [{'a': '?'}, 'a', 'b'] => '?'
            tryGet [{'a': 1, '?*': 0}, 'b', 'c'] => '?'
            tryGet [['?*'], 0] => '?'
            tryGet [['a'], '?'] => '?'
            tryIndexFromEnd [['?*', 'a'], 1] => 'a'
            tryIndexFromEnd [['?*', 'a'], 2] => '?'
            items [{'a': '?'}] => [{'key': 'a', 'value': '?'}]
            items [{'a': 1, '?*': 0}] => ['?*', {'key': 'a', 'value': 1}, '?*']
            objectKeys [{'b': '?', '?*': 0}] => ['?*', 'b', '?*']
            array ['?'] => '?'
            less ['?', 1] => '?'
            split ['?', ','] => '?'
            cidrSubnet ['?', 24, 1] => '?'
            """;

    static Stream<String> known() {
        return Stream.of(TEXTS, LISTS, OBJECTS, NUMBERS, LOGIC, COMPARISONS, DATES, BLOCKS)
                .flatMap(String::lines);
    }

    static Stream<String> wrong() {
        return WRONG.lines();
    }

    static Stream<String> unknown() {
        return UNKNOWN.lines();
    }

    @ParameterizedTest
    @MethodSource({"known", "wrong", "unknown"})
    void aFunctionHasThisValue(String row) {
        String call = row.substring(0, row.indexOf(" => "));
        String expected = row.substring(call.length() + 4);
        Functions.Function function = Functions.find(nameOf(row)).orElseThrow();

        Json value = function.call(Values.listOf(call.substring(call.indexOf(' ') + 1)));

        if (expected.startsWith("!")) {
            assertThat(value).isInstanceOf(Unknown.class);
            assertThat(((Unknown) value).reason()).contains(expected.substring(1));
        } else {
            assertThat(Values.write(value)).as(value.toString()).isEqualTo(Values.write(Values.of(expected)));
        }
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void whatIsNotKnownSaysWhy(String row) {
        String call = row.substring(0, row.indexOf(" => "));

        Json value =
                Functions.find(nameOf(row)).orElseThrow().call(Values.listOf(call.substring(call.indexOf(' ') + 1)));

        Equality.firstUnknown(value)
                .ifPresent(unknown -> assertThat(unknown.reason()).isEqualTo(Values.REASON));
    }

    private static String nameOf(String row) {
        return row.substring(0, row.indexOf(' '));
    }

    @Test
    void everyFunctionHasRows() {
        TreeSet<String> names = new TreeSet<>();
        Functions.all().forEach(function -> names.add(function.name()));

        assertThat(known().map(FunctionsTest::nameOf).distinct()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(wrong().map(FunctionsTest::nameOf).distinct()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void namesAreFoundInAnyLetterCase() {
        assertThat(Functions.all()).allSatisfy(function -> {
            assertThat(Functions.find(function.name().toUpperCase(Locale.ROOT))).contains(function);
            assertThat(Functions.find(function.name().toLowerCase(Locale.ROOT))).contains(function);
        });
        assertThat(Functions.find("reference")).isEmpty();
        assertThat(Functions.find("GroupBy")).isEmpty();
        assertThat(Functions.findLambda("GROUPBY")).isPresent();
    }

    @Test
    void aCutCharacterIsReplaced() {
        Json first = Functions.find("first").orElseThrow().call(List.of(new Json.Text("\uD83D\uDE00")));

        assertThat(first).isEqualTo(new Json.Text("\uFFFD"));
    }

    @Test
    void lenientFunctionsSayThatTheyAre() {
        assertThat(Functions.find("and").orElseThrow().takesUnknown()).isTrue();
        assertThat(Functions.find("add").orElseThrow().takesUnknown()).isFalse();
    }
}
