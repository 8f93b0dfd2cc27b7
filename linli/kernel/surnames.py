"""How surnames are read where a dictionary goes wrong, and the surnames of two characters.

Readings carry the tone as a digit, ü as v. Only settled readings are listed; where families differ
(纪 ji3 or ji4) the one in common use stands. 单于 and other pairs that are mostly a surname and a given
name are left out on purpose.
"""

from typing import Final


def _table(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


SINGLE: Final = _table("""
    单 shan4 曾 zeng1 解 xie4 仇 qiu2 查 zha1 任 ren2 朴 piao2 盖 ge3 区 ou1 纪 ji4 华 hua4 燕 yan1
    应 ying1 宁 ning4 缪 miao4 翟 zhai2 乐 yue4 召 shao4 员 yun4 贠 yun4 种 chong2 繁 po2 黑 he4 宓 mi4
    逄 pang2 冼 xian3 洗 xian3 郇 xun2 郗 xi1 晁 chao2 佘 she2 褚 chu3 隗 wei3 覃 qin2 谌 chen2 臧 zang1
    瞿 qu2 乜 nie4 句 gou1 勾 gou1 阚 kan4 折 she2 哈 ha3 过 guo1 葛 ge3 柏 bai3 薄 bo2 卜 bu3 车 che1
    幺 yao1 盛 sheng4 石 shi2 沈 shen3 宿 su4 眭 sui1 相 xiang4 肖 xiao1 萧 xiao1 要 yao1 叶 ye4 於 yu1
    尉 wei4 曲 qu1 祭 zhai4 訾 zi1 占 zhan1 秘 bi4 费 fei4 贲 ben1 邴 bing3 郄 qie4 佴 nai4 那 na1 能 nai4
    粘 nian2 逯 lu4 麴 qu1 阙 que1 舍 she4 莘 shen1 殳 shu1 台 tai2 邰 tai2 万 wan4 胥 xu1 禤 xuan1 闫 yan2
    鄢 yan1 殷 yin1 甄 zhen1 竺 zhu2 禚 zhuo2 笪 da2 都 du1 撒 sa4 角 jue2 亓 qi2 丌 ji1 仉 zhang3 庹 tuo3
    强 qiang2 仝 tong2 长 chang2 重 chong2 尹 yin3 俞 yu2 余 yu2 于 yu2 戚 qi1 柴 chai2 干 gan1
    令 ling2 夏 xia4 钭 tou3 璩 qu2 郏 jia2 厍 she4 逑 qiu2 暨 ji4 炅 gui4 昝 zan3 亢 kang4
    區 ou1 單 shan4 樂 yue4 蓋 ge3 寧 ning4 甯 ning4 應 ying1 葉 ye4 華 hua4 紀 ji4 費 fei4 車 che1 萬 wan4
    蕭 xiao1 譚 tan2 過 guo1 員 yun4 種 chong2
""")

COMPOUND: Final = _table("""
    尉迟 yu4chi2 万俟 mo4qi2 长孙 zhang3sun1 令狐 ling2hu2 欧阳 ou1yang2 司马 si1ma3 诸葛 zhu1ge3
    上官 shang4guan1 夏侯 xia4hou2 闻人 wen2ren2 东方 dong1fang1 赫连 he4lian2 皇甫 huang2fu3
    澹台 tan2tai2 公冶 gong1ye3 濮阳 pu2yang2 淳于 chun2yu2 太叔 tai4shu1 申屠 shen1tu2 公孙 gong1sun1
    仲孙 zhong4sun1 轩辕 xuan1yuan2 钟离 zhong1li2 宇文 yu3wen2 慕容 mu4rong2 鲜于 xian1yu2
    闾丘 lv2qiu1 司徒 si1tu2 司空 si1kong1 司寇 si1kou4 亓官 qi2guan1 仉督 zhang3du1 子车 zi3ju1
    颛孙 zhuan1sun1 端木 duan1mu4 巫马 wu1ma3 公西 gong1xi1 公羊 gong1yang2 公良 gong1liang2
    漆雕 qi1diao1 乐正 yue4zheng4 壤驷 rang3si4 拓跋 tuo4ba2 拓拔 tuo4ba2 夹谷 jia2gu3 宰父 zai3fu3
    百里 bai3li3 东郭 dong1guo1 南郭 nan2guo1 东里 dong1li3 东门 dong1men2 西门 xi1men2 南宫 nan2gong1
    北宫 bei3gong1 呼延 hu1yan2 羊舌 yang2she2 微生 wei1sheng1 左丘 zuo3qiu1 第五 di4wu3 独孤 du2gu1
    纳兰 na4lan2 完颜 wan2yan2 叶赫 ye4he4 哥舒 ge1shu1 斛律 hu2lv4 贺兰 he4lan2 贺若 he4ruo4
    耶律 ye1lv4 尔朱 er3zhu1 屈突 qu1tu1 即墨 ji2mo4 达奚 da2xi1 褚师 chu3shi1 归海 gui1hai3
    爱新觉罗 ai4xin1jue2luo2 阿史那 a1shi3na4 相里 xiang4li3 范姜 fan4jiang1
    歐陽 ou1yang2 司馬 si1ma3 諸葛 zhu1ge3 尉遲 yu4chi2 萬俟 mo4qi2 長孫 zhang3sun1 聞人 wen2ren2
    東方 dong1fang1 赫連 he4lian2 澹臺 tan2tai2 濮陽 pu2yang2 公孫 gong1sun1 軒轅 xuan1yuan2
    鍾離 zhong1li2 鮮于 xian1yu2 閭丘 lv2qiu1 端木 duan1mu4 南宮 nan2gong1 獨孤 du2gu1 納蘭 na4lan2
""")
