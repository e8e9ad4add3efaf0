//! Texts outside the clinic without personal data.

/// General sentences and blocks.
pub(super) const POOLS: &str = r#"
= gneg
{gq}
{gq}
{gq} {gq}
= gq
The site was down again this morning.
Please advise.
It took three tries to get through.
I would like my money back.
No worries, take your time.
The package was wet and the box was torn.
Your request has been received and is in the queue.
Is there anything else I can do for you today?
We close at six on weekdays.
Restart the router and wait two minutes.
The app keeps asking me to update.
Thanks for your patience!
I have attached the form.
The meeting ran long, so we skipped the last item.
Parking is behind the building.
The price went up by ten percent.
Bring a jacket, it will rain.
The part is out of stock until next month.
All sales are final.
Let me check that for you.
You will get a text when it is ready.
The manual is in the box.
The battery lasts about nine hours.
Sign at the bottom and return both copies.
Nobody answered the phone.
Rent covers water and trash.
Lunch is on us.
That works for me.
The blue one is too small.
I was on hold for forty minutes.
The elevator is out of order.
May I place you on a brief hold?
Will do, thanks.
Mark it as urgent.
Bill me later.
Grant me access to the folder, please.
Hope this helps.
Rose bushes need full sun.
Page four is missing.
The chase scene was too long.
We had rice, beans and brown bread.
It was a long day.
Frank talk helps.
A young team with a good coach.
King size, queen size, twin.
Law school was harder than I thought.
= gbare
{gq} {gq}
{gq} {gq} {gq}
{gq}\n{gq}\n{gq}
- {gq}\n- {gq}\n- {gq}
1. {gq}\n2. {gq}\n3. {gq}
Agent: {gq}\nYou: {gq}\nAgent: {gq}
Bot: {gq}\nUser: {gq}\nBot: {gq}\nUser: {gq}
Customer: {gq}\nSupport: {gq}
\[{time}] {gq}\n\[{time}] {gq}
Subject: {gsubp}\n\nHello,\n\n{gq} {gq}\n\nThank you
Subject: {gsubp}\n{gq}
To whom it may concern,\n{gq} {gq} {gq}
FAQ\nQ: {gq}\nA: {gq}
Error {%9999}: {gsubp} failed at line {nn}.
ERROR {%99999} timeout after {nn}s, retry {n}
WARN cache miss {%999999} key={%@@999}
{%@@9999}-{nn} rev {n}, {n} pcs
Part no. {%99-99999}, torque {nn} Nm
SKU {%@@@9999}, {nn} in stock, ${n}.{nn}
Item {%999999} | qty {n} | ${nn}.{nn} | subtotal ${nnn}.{nn}
Model {%@@-9999} fits models {%@@-9999} and {%@@-9999}.
Version {n}.{n}.{nn} fixes {nn} bugs.
Python 3.1{n}, Node {nn}, build {%99999}
Chapter {n}, verse {nn}. Section {n}({n}).
Article {nn} of the code; clause {n}.{n}; schedule {n}
Flight time {n} h {nn} min, gate {n}, boarding group {n}
Speed limit {nn}. Exit {nn}. Mile {nnn}.
Score {nn}-{nn} at the half, {nn}-{nn} final.
Lap {n}: 1:{nn}.{nn}; lap {n}: 1:{nn}.{nn}
Preheat to 3{n}0. Mix {n} cups flour, {n} eggs, pinch of salt. Bake {nn} minutes.
Basil, rosemary, ginger, olive oil, pepper, sage.
Turn left at the bank, right at the church, past the school.
The hotel has {nn} rooms and a pool.
The museum opens at {time}; tickets ${nn}.
The train leaves every {nn} minutes.
Rates start at {n}.{n}% APR.
The index fell {n}.{n}% to {%9,999}.
Revenue grew {nn}% to ${nnn} million.
Net 30, 2% 10. FOB origin. Incoterms apply.
Force majeure. Severability. Governing law. Entire agreement.
The tenant shall not sublet. The landlord may enter with notice.
The party of the first part agrees.
This agreement may be ended by either party on {nn} days' notice.
Plaintiff's motion is denied. Costs to abide.
The jury will disregard. Overruled. Sustained.
All rights reserved. Terms and conditions apply.
Cookies help us improve. Accept all / Reject all
Password must have {n} characters, one number and one symbol.
Your code expires in {n} minutes.
Wi-Fi is free. Ask at the desk.
Forgot password? Click the link. Check spam.
Press 1 for sales, 2 for billing, 0 for an operator.
Your call may be recorded for quality.
Our menu has changed. Please listen carefully.
Store hours: Mon-Fri 9-{n}, Sat 10-4, Sun closed
Employees must wash hands.
PTO accrues at {n} hours per pay period.
Benefits start after {nn} days. 401(k) match {n}%.
Job: {job}, full time, shift work, must lift {nn} lb.
Duties: answer phones, file, greet visitors, other duties as assigned.
Dress code: business casual.
Expense policy: meals up to ${nn}, receipts over ${nn}.
Agenda: budget, hiring, any other business.
Action: update the sheet. Owner: sales. Due: next week.
Motion carried. Meeting adjourned at {time}.
Grade {n} math: fractions, decimals. Quiz on {weekday}.
Homework: read chapter {n}, answer {n} questions.
Field trip forms are due {weekday}.
Lunch: pizza, salad, milk.
Bus {nn} is late.
The dean's list. The honor roll. The science fair.
Essay on the Civil War, two pages, double spaced.
The Great Depression, the New Deal, the Cold War.
Newton's laws, Ohm's law, Hooke's law, Boyle's law.
Moore's law, Murphy's law, Occam's razor, Pavlov's dogs.
Gaussian blur, Bayesian prior, Fourier transform, Markov chain.
Celsius, Kelvin, Fahrenheit, Pascal, Newton, Hertz, Tesla, Watt.
Phillips head, Allen key, Stillson wrench, Dremel.
Ferris wheel, Jacuzzi, Zamboni, Frisbee, Velcro.
French press, Turkish towel, Danish, Swiss cheese, English muffin.
Caesar salad, Cobb salad, eggs Benedict, beef Wellington.
Granny Smith, Honeycrisp, Bartlett, Bing.
German shepherd, Jack Russell, Great Dane, Saint Bernard.
Python, Ruby, Julia, Pascal, Ada, Haskell.
Excel, Word, Outlook, Teams, Slack, Zoom.
The sun will rise early. May is lovely. April was wet.
In August the pool is full. March is muddy. By June it is hot.
Hope springs. Joy and grace. Faith, hope and charity.
Long, brown, sharp, black, white and gray stripes.
Young man, old king, white knight, good bishop.
Hunters, bakers, millers, cooks and masons.
Buy low, sell high. Cash only. Best price.
Will the price drop? May I return it? Can you mark it down?
Total {nn} items. Weight {n}.{n} kg. Size {nn} x {nn} x {n} in.
Temp {nn}, wind {n} mph, humidity {nn}%.
Battery {nn}%. Signal weak. Storage full.
Level {nn}, {%9,999} points, rank {nn}
Chance of rain {nn}%. Snow above {%9,999} feet.
Dimensions: {nn}" x {nn}" x {n}". Ships flat.
Wash cold. Tumble dry low. Do not bleach.
Contains milk, soy, wheat. Best before see lid.
Qty\tItem\tPrice\n{n}\tPens\t{n}.{nn}\n{n}\tPaper\t{n}.{nn}
| Plan | Price | Seats |\n|---|---|---|\n| Basic | ${n} | {n} |\n| Pro | ${nn} | {nn} |
\{"status": "ok", "count": {nn}, "items": \[{n}, {nn}, {nnn}]}
status=ok count={nn} took={nnn}ms
GET /api/v{n}/items {%200} {nnn}ms
\[INFO] job {%9999} done in {n}.{nn}s
commit {%9@9@9@9} fix typo
Step 1. Open settings. Step 2. Choose network. Step 3. Save.
Yes / No / Maybe
Very satisfied / Satisfied / Neutral / Dissatisfied
Rate us 1-{n}.
{gq} {gq} {gq} {gq} {gq}
= gsubp
the order
update
schedule
password reset
invoice question
late delivery
meeting notes
returns
"#;
