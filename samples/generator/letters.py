"""Letters as a plain hand writes them: strokes through points, tone marks set on what they belong to.

x to the right and y down; the height of a digit is 1, the baseline lies at y = 1, small letters begin at 0.45.
"""

import unicodedata

Point = tuple[float, float]
Stroke = tuple[Point, ...]


def _read(strokes: str) -> tuple[Stroke, ...]:
    """``x,y x,y; x,y ...`` in hundredths, one stroke up to each semicolon."""
    return tuple(
        tuple((int(x) / 100, int(y) / 100) for x, y in (point.split(",") for point in stroke.split()))
        for stroke in strokes.split(";")
    )


_GLYPHS = {
    letter: (float(advance), _read(strokes))
    for letter, advance, strokes in (
        line.split(maxsplit=2)
        for line in """
0 0.72 34,4 8,30 6,75 30,100 52,70 50,25 30,3
1 0.72 8,30 32,0 31,50 29,100
2 0.72 6,24 26,0 50,20 38,55 2,97 28,93 58,96
3 0.72 7,12 30,0 50,20 24,46 53,70 30,100 2,88
4 0.72 30,0 16,35 2,64 30,64 60,60; 42,34 38,102
5 0.72 15,3 11,42 36,40 53,66 30,99 2,90; 14,4 52,0
6 0.72 44,2 16,36 5,74 27,100 50,78 30,55 8,72
7 0.72 3,7 28,3 53,4 34,50 20,100; 14,52 46,48
8 0.72 47,15 26,0 10,20 28,45 50,74 27,100 6,78 28,46 47,15
9 0.72 50,24 28,46 7,28 25,2 50,16 47,55 32,100
a 0.56 42,52 22,45 5,72 20,100 40,78 42,48; 42,48 41,86 52,98
b 0.54 8,0 7,55 8,98; 8,66 28,46 44,72 26,100 8,90
c 0.48 42,54 24,45 6,72 22,100 43,92
d 0.58 42,54 22,46 6,74 20,100 42,80; 43,0 42,60 44,92 54,98
e 0.50 7,74 40,66 26,45 6,72 20,100 44,92
g 0.56 42,52 22,45 5,70 20,96 42,74; 43,48 42,112 22,130 5,118
h 0.56 8,0 7,55 7,100; 8,68 28,46 42,62 42,98
i 0.28 10,48 9,80 18,100
k 0.52 8,0 7,55 7,100; 40,48 10,74 26,84 42,100
l 0.30 10,0 9,60 12,94 22,98
m 0.82 8,48 7,100; 8,64 24,46 36,60 36,100; 36,64 54,46 66,62 66,100
n 0.56 8,48 7,100; 8,66 28,46 42,62 42,98
o 0.52 26,45 6,70 22,100 44,76 26,45
p 0.54 8,48 7,90 6,132; 8,62 28,46 44,72 26,98 8,86
q 0.56 42,52 22,45 5,72 20,98 42,78; 43,48 42,90 42,132
r 0.40 8,48 7,100; 8,66 20,48 36,50
s 0.44 36,52 20,45 10,58 34,78 22,100 4,94
t 0.38 18,16 16,60 18,94 32,98; 4,48 32,46
u 0.56 7,48 7,80 22,100 41,82; 42,48 41,84 52,98
v 0.48 5,48 22,100 40,47
x 0.48 6,48 40,100; 40,47 5,100
y 0.52 6,48 20,86 30,92; 42,47 28,100 12,132 3,124
A 0.74 4,100 20,50 34,0; 34,0 46,50 60,100; 14,66 52,64
B 0.66 10,2 9,50 9,100; 9,4 40,4 44,28 10,48; 10,48 48,54 46,92 9,100
C 0.66 54,14 32,0 8,40 18,90 36,101 56,86
D 0.72 10,2 9,50 9,100; 9,3 42,8 58,46 44,88 9,100
E 0.60 10,2 9,50 9,100; 9,3 48,2; 9,50 40,49; 9,100 50,98
G 0.72 54,14 32,0 8,40 18,90 38,101 56,88 56,60 38,58
H 0.74 10,2 9,50 8,100; 56,2 56,50 57,100; 9,52 56,50
I 0.34 16,2 15,50 15,100
J 0.50 36,2 36,60 30,96 10,98 4,82
K 0.66 10,2 9,50 9,100; 50,2 12,52 30,70 54,100
L 0.56 10,2 9,50 9,99 48,97
M 0.90 8,100 12,50 16,2; 16,2 38,70 62,2; 62,2 66,50 70,100
N 0.76 9,100 10,50 11,2; 11,2 34,52 56,99; 56,99 57,50 58,1
O 0.76 34,0 6,46 30,101 60,52 34,0
P 0.62 10,2 9,50 9,100; 9,4 42,6 46,38 10,54
Q 0.78 34,0 6,46 30,101 60,52 34,0; 40,76 66,106
R 0.66 10,2 9,50 9,100; 9,4 42,6 46,36 10,50; 22,50 36,74 56,100
S 0.60 46,12 26,0 12,24 44,62 28,100 4,88
T 0.66 30,3 29,50 29,100; 2,4 58,2
U 0.72 10,2 9,64 28,101 52,70 54,2
V 0.68 4,2 20,52 32,100; 32,100 46,50 58,1
X 0.66 6,2 56,100; 56,1 4,100
Y 0.64 4,2 30,50; 56,1 30,50 28,100
w 0.72 5,48 18,100 34,56 50,100 64,47
z 0.48 6,50 40,48 6,98 44,97
f 0.36 32,6 20,4 16,50 14,100; 4,48 30,46
j 0.30 14,48 14,112 2,128
W 0.94 4,2 20,100 42,20 62,100 80,1
Z 0.62 6,4 52,3 6,98 54,96
F 0.56 10,2 9,50 9,100; 9,3 46,2; 9,48 38,47
, 0.30 10,92 12,100 6,116
. 0.28 9,97 11,100 9,100
- 0.44 8,68 36,66
/ 0.46 36,0 4,104
: 0.28 9,62 11,64 9,64; 9,97 11,100 9,100
' 0.20 9,0 7,18
( 0.34 26,-4 8,50 26,108
) 0.34 8,-4 26,50 8,108
""".strip().splitlines()
    )
}
_SPACE = 0.42
_BAR = {"đ": _read("28,22 56,20"), "Đ": _read("-4,50 28,49")}
_MARKS = {
    "\u0302": _read("8,34 22,22 36,33"),
    "\u0306": _read("8,22 22,34 36,21"),
    "\u0301": _read("18,34 34,18"),
    "\u0300": _read("10,18 26,34"),
    "\u0309": _read("14,16 26,12 26,22 18,34"),
    "\u0303": _read("6,32 16,22 26,32 38,20"),
    "\u0323": _read("20,116 23,118 20,119"),
    "\u031b": _read("42,54 54,46 52,34"),
}
"""Over a small letter; over a capital they lie higher."""
_BELOW, _HORN = "\u0323", "\u031b"
_CAPITAL_LIFT = -0.40
_SECOND_LIFT = -0.20


def advance(letter: str) -> float:
    """Width from this letter to the next."""
    base = _base(letter)
    return _GLYPHS[base][0] if base in _GLYPHS else _SPACE


def outline(letter: str) -> tuple[Stroke, ...]:
    """Strokes of a letter with its marks; none for a space and for what no pen here can write."""
    if letter in _BAR:
        return (*_GLYPHS[_base(letter)][1], *_BAR[letter])
    base, *marks = unicodedata.normalize("NFD", letter)
    if base not in _GLYPHS:
        return ()
    strokes = list(_GLYPHS[base][1])
    if base == "i" and not any(mark != _BELOW for mark in marks):
        strokes += _read("10,28 12,30 10,31")
    lift = _CAPITAL_LIFT if base.isupper() else 0.0
    for mark in marks:
        shift = 0.0 if mark == _BELOW else lift + (0.12 if mark == _HORN and base.isupper() else 0.0)
        strokes += [tuple((x, y + shift) for x, y in stroke) for stroke in _MARKS[mark]]
        if mark not in {_BELOW, _HORN}:
            lift += _SECOND_LIFT
    return tuple(strokes)


def _base(letter: str) -> str:
    return {"đ": "d", "Đ": "D"}.get(letter) or unicodedata.normalize("NFD", letter)[0]
